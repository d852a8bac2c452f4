package io.sluice.master.check;

import io.sluice.master.child.Installation;
import io.sluice.master.child.Program;
import io.sluice.master.child.Programs;
import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.MasterSettings;
import io.sluice.master.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Validates a whole configuration as {@code nginx -t} does: nothing is started or created. */
public final class ConfigurationCheck {
    private final Installation installation;

    /** Has a service tell which settings are its own, and end. */
    private static final String PREFIXES = "--sluice.check=prefixes";

    private final Settings settings;
    private final Map<String, String> environment;

    /**
     * A check.
     *
     * @param environment the variables that the services would see
     */
    public ConfigurationCheck(
            Installation installation, Settings settings, Map<String, String> environment) {
        this.installation = installation;
        this.settings = settings;
        this.environment = environment;
    }

    /**
     * Every error, once, each with its key, value and cause.
     *
     * @throws BadConfiguration if the master's own settings don't let it go further
     */
    public Set<String> errors() throws BadConfiguration {
        MasterSettings master = MasterSettings.of(settings);
        Programs programs = new Programs(installation, settings, master, environment);
        List<Program> checks = new ArrayList<>();
        for (String role : Installation.roles()) {
            checks.add(programs.check(role, PREFIXES));
        }
        List<ServiceCheck> answers = checks.parallelStream().map(ServiceCheck::run).toList();
        Set<String> errors = new LinkedHashSet<>();
        answers.forEach(answer -> errors.addAll(answer.errors()));
        if (errors.isEmpty()) {
            errors.addAll(
                    unknown(
                            settings,
                            answers.stream().flatMap(a -> a.prefixes().stream()).toList()));
        }
        fileSystems(master.data().root()).forEach(pair -> pair.error().ifPresent(errors::add));
        return errors;
    }

    /**
     * The prefixes of the settings that a role knows, also when no program of it runs. Takes about
     * a second.
     *
     * @throws BadConfiguration if the role's program isn't built
     */
    public static List<String> prefixes(Programs programs, String role) throws BadConfiguration {
        return ServiceCheck.run(programs.check(role, PREFIXES)).prefixes();
    }

    /** The given keys that no program knows, as errors. */
    public static List<String> unknown(Settings settings, List<String> prefixes) {
        return settings
                .unknown(Stream.concat(prefixes.stream(), MasterSettings.known().stream()).toList())
                .stream()
                .map(setting -> setting + ": there is no such setting")
                .toList();
    }

    private List<SameFileSystem> fileSystems(Path data) {
        return List.of(
                new SameFileSystem(
                        "sluice.cache.temp-directory",
                        path("sluice.cache.directory", data.resolve("cache")),
                        path("sluice.cache.temp-directory", data.resolve("cache-temp"))),
                new SameFileSystem("sluice.data", data.resolve("spool"), data.resolve("store")));
    }

    private Path path(String key, Path fallback) {
        return settings.find(key).map(Path::of).orElse(fallback);
    }
}
