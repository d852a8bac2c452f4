package io.sluice.master.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The settings as the user gave them, in Spring Boot's order: the command line, then the
 * environment, then the file. Keys are found whether spelt {@code shutdown-timeout}, {@code
 * shutdownTimeout} or, in the environment, {@code SLUICE_MASTER_SHUTDOWNTIMEOUT}.
 */
public final class Settings {
    private final Map<String, Setting> commandLine;
    private final Map<String, String> environment;
    private final Map<String, Setting> file;
    private final @Nullable Path location;

    private Settings(
            Map<String, Setting> commandLine,
            Map<String, String> environment,
            Map<String, Setting> file,
            @Nullable Path location) {
        this.commandLine = commandLine;
        this.environment = environment;
        this.file = file;
        this.location = location;
    }

    /**
     * Reads the settings.
     *
     * @param location the user's YAML file, if there is one
     * @param assignments each {@code key=value}
     * @throws BadConfiguration if the file can't be read or an assignment is none
     */
    public static Settings load(
            @Nullable Path location, List<String> assignments, Map<String, String> environment)
            throws BadConfiguration {
        Map<String, Setting> commandLine = new LinkedHashMap<>();
        for (String assignment : assignments) {
            Setting setting = Setting.parse(assignment);
            commandLine.put(canonical(setting.key()), setting);
        }
        Map<String, Setting> file = new LinkedHashMap<>();
        if (location != null) {
            flatten("", read(location), file);
        }
        return new Settings(commandLine, environment, file, location);
    }

    /** The value of a key, if anybody gave one. */
    public Optional<String> find(String key) {
        String canonical = canonical(key);
        Setting given = commandLine.get(canonical);
        if (given != null) {
            return Optional.of(given.value());
        }
        return Optional.ofNullable(environment.get(variable(key)))
                .or(() -> Optional.ofNullable(file.get(canonical)).map(Setting::value));
    }

    /** The names that stand behind a prefix in the keys, as they are spelt there. */
    public List<String> names(String prefix) {
        return Stream.of(commandLine, file)
                .flatMap(source -> source.values().stream())
                .map(Setting::key)
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
                .distinct()
                .sorted()
                .toList();
    }

    /** What was given on the command line, in its order. */
    public Collection<Setting> commandLine() {
        return List.copyOf(commandLine.values());
    }

    /** The user's file. */
    public Optional<Path> location() {
        return Optional.ofNullable(location);
    }

    /** The given keys under {@code sluice.} that start with none of the prefixes. */
    public List<Setting> unknown(Collection<String> prefixes) {
        List<String> known = prefixes.stream().map(Settings::canonical).toList();
        List<Setting> unknown = new ArrayList<>();
        for (Map<String, Setting> source : List.of(commandLine, file)) {
            source.forEach((key, setting) -> {
                if (key.startsWith("sluice.")
                        && known.stream().noneMatch(prefix -> covers(prefix, key))) {
                    unknown.add(setting);
                }
            });
        }
        return unknown;
    }

    private static boolean covers(String prefix, String key) {
        return key.equals(prefix) || key.startsWith(prefix + ".") || key.startsWith(prefix + "[");
    }

    private static @Nullable Object read(Path location) throws BadConfiguration {
        try (Reader reader = Files.newBufferedReader(location)) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
        } catch (IOException e) {
            throw new BadConfiguration("--config " + location + ": can't be read: " + e);
        } catch (YAMLException e) {
            String where = e.toString().lines().map(String::strip).reduce((a, b) -> b).orElse("");
            throw new BadConfiguration("--config " + location + ": not YAML: " + where);
        }
    }

    private static void flatten(String key, @Nullable Object value, Map<String, Setting> into) {
        switch (value) {
            case Map<?, ?> map ->
                    map.forEach((name, item) ->
                            flatten(key.isEmpty() ? "" + name : key + "." + name, item, into));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(key + "[" + i + "]", list.get(i), into);
                }
            }
            case null -> into.put(canonical(key), new Setting(key, ""));
            default -> into.put(canonical(key), new Setting(key, value.toString()));
        }
    }

    private static String canonical(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
    }
}
