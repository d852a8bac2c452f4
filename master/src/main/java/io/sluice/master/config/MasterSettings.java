package io.sluice.master.config;

import io.sluice.model.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the master itself must know.
 *
 * @param data the data directory, {@code sluice.data}
 * @param processors how many processors run of each group; of the only one, whose name is empty,
 *     {@code sluice.processor.processes}; none where they are started by somebody else
 * @param shutdownTimeout how long a drain may take before what is left is killed
 * @param startTimeout how long the first start may take
 * @param stableAfter how long a process must have run for its crash to be its first again
 * @param heaps the largest heap of each role's processes
 */
public record MasterSettings(
        DataDirectory data,
        Map<String, Integer> processors,
        Duration shutdownTimeout,
        Duration startTimeout,
        Duration stableAfter,
        Map<String, ByteSize> heaps) {
    private static final String PREFIX = "sluice.master.";
    private static final String GROUPS = "sluice.channel.groups.";
    private static final Map<String, String> HEAPS =
            Map.of("edge", "256MiB", "processor", "192MiB", "cache-manager", "96MiB");

    public MasterSettings {
        processors = Collections.unmodifiableMap(new TreeMap<>(processors));
        heaps = Map.copyOf(heaps);
    }

    /**
     * Reads them.
     *
     * @throws BadConfiguration with each error
     */
    public static MasterSettings of(Settings settings) throws BadConfiguration {
        Reader reader = new Reader(settings, new ArrayList<>());
        Map<String, ByteSize> heaps = new TreeMap<>();
        HEAPS.forEach((role, heap) ->
                heaps.put(role, reader.read(PREFIX + "heap." + role, heap, ByteSize::valueOf)));
        MasterSettings result =
                new MasterSettings(
                        new DataDirectory(reader.read("sluice.data", "var", Path::of)),
                        processors(settings, reader),
                        reader.read(PREFIX + "shutdown-timeout", "30s", Durations::valueOf),
                        reader.read(PREFIX + "start-timeout", "2m", Durations::valueOf),
                        reader.read(PREFIX + "stable-after", "60s", Durations::valueOf),
                        heaps);
        settings.unknown(known()).stream()
                .filter(setting -> setting.key().startsWith(PREFIX))
                .forEach(setting -> reader.errors.add(setting + ": there is no such setting"));
        if (!reader.errors.isEmpty()) {
            throw new BadConfiguration(reader.errors);
        }
        return result;
    }

    /** The keys that the master checks itself. */
    public static List<String> known() {
        List<String> keys = new ArrayList<>();
        List.of("shutdown-timeout", "start-timeout", "stable-after")
                .forEach(key -> keys.add(PREFIX + key));
        HEAPS.keySet().forEach(role -> keys.add(PREFIX + "heap." + role));
        keys.add("sluice.data");
        return keys;
    }

    /**
     * Where there are groups, each says how many of its processors this master starts; those that
     * are started without a word about their group serve {@code sluice.channel.group}.
     */
    private static Map<String, Integer> processors(Settings settings, Reader reader) {
        Map<String, Integer> processors = new TreeMap<>();
        List<String> groups = settings.names(GROUPS);
        for (String group : groups) {
            String key = GROUPS + group + ".processes";
            processors.put(group, reader.read(key, "0", text -> count(text, "use 0 to 64")));
        }
        int alone =
                reader.read(
                        "sluice.processor.processes",
                        defaultProcesses(settings),
                        MasterSettings::processes);
        if (groups.isEmpty()) {
            processors.put("", alone);
        } else {
            settings.find("sluice.channel.group")
                    .ifPresent(group -> processors.merge(group, alone, Integer::max));
        }
        return processors;
    }

    /** None where the edge starts processors itself. */
    private static String defaultProcesses(Settings settings) {
        boolean edgeStartsThem =
                settings.find("sluice.channel.transport").filter("pipe"::equals).isPresent()
                        && Stream.of("", "[0]")
                                .anyMatch(index ->
                                        settings.find("sluice.channel.pipe.command" + index)
                                                .isPresent());
        return edgeStartsThem ? "0" : "1";
    }

    private static int processes(String text) {
        if (text.equals("auto")) {
            return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        }
        return count(text, "use auto or 0 to 64");
    }

    private static int count(String text, String range) {
        int processes = Integer.parseInt(text);
        if (processes < 0 || processes > 64) {
            throw new IllegalArgumentException(range);
        }
        return processes;
    }

    private record Reader(Settings settings, List<String> errors) {
        <T> T read(String key, String fallback, Function<String, T> parser) {
            String text = settings.find(key).orElse(fallback);
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                errors.add(
                        key
                                + " = "
                                + text
                                + ": "
                                + (e instanceof NumberFormatException
                                        ? "not a whole number"
                                        : e.getMessage()));
                return parser.apply(fallback);
            }
        }
    }
}
