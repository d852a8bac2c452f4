package io.sluice.worker.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * What a worker is given, the system properties {@code sluice.worker.*}.
 *
 * @param demand how much isolation there must be
 * @param readable where originals are, files or directories
 * @param writable directories of the files to write, which are there already
 * @param libraries where native libraries may be besides the system's own places
 * @param memory bytes of private memory (RLIMIT_DATA)
 * @param openFiles descriptors (RLIMIT_NOFILE)
 */
public record SandboxSettings(
        Demand demand,
        List<Path> readable,
        List<Path> writable,
        List<Path> libraries,
        long memory,
        int openFiles) {
    /** {@link Demand}'s word. */
    public static final String DEMAND = "sluice.worker.isolation";

    /** Paths, with colons between them. */
    public static final String READABLE = "sluice.worker.readable";

    /** Paths, with colons between them. */
    public static final String WRITABLE = "sluice.worker.writable";

    /** A number of bytes. */
    public static final String MEMORY = "sluice.worker.memory";

    private static final long DEFAULT_MEMORY = 512L << 20;

    /** A class loader that looks for a service opens each jar, and keeps it: some hundreds. */
    private static final int OPEN_FILES = 1024;

    /** How much isolation there must be. */
    public enum Demand {
        /** As much as the kernel has. */
        AUTO,
        /** All of it, or the worker doesn't start. */
        REQUIRED,
        /** None, for debugging. */
        OFF
    }

    public SandboxSettings {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
        libraries = List.copyOf(libraries);
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public static SandboxSettings of(Properties properties, List<Path> libraries) {
        return new SandboxSettings(
                demand(properties.getProperty(DEMAND, "auto")),
                paths(properties.getProperty(READABLE, "")),
                paths(properties.getProperty(WRITABLE, "")),
                libraries,
                memory(properties.getProperty(MEMORY)),
                OPEN_FILES);
    }

    private static Demand demand(String word) {
        return Arrays.stream(Demand.values())
                .filter(demand -> demand.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s = %s: use auto, required or off".formatted(DEMAND, word)));
    }

    private static long memory(String bytes) {
        try {
            return bytes == null ? DEFAULT_MEMORY : Long.parseLong(bytes);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s = %s: give a number of bytes".formatted(MEMORY, bytes), e);
        }
    }

    /** The paths of a list with colons between them. */
    public static List<Path> paths(String list) {
        return Arrays.stream(list.split(File.pathSeparator, -1))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .toList();
    }
}
