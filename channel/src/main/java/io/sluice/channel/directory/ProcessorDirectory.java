package io.sluice.channel.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where each processor of this host has an entry, {@code processor-<name><suffix>}.
 *
 * @param suffix of one transport's entries, with its dot
 */
public record ProcessorDirectory(Path path, String suffix) {
    private static final String PREFIX = "processor-";
    private static final String UNREADY_PREFIX = "new-";
    private static final Pattern NAME = Pattern.compile("[\\w-]{1,32}");

    /**
     * Creates it (0700), or checks that nobody else can put an entry there.
     *
     * @throws IOException when it can't be made
     * @throws IllegalStateException when others may write to it
     */
    public static ProcessorDirectory open(Path path, String suffix) throws IOException {
        return new ProcessorDirectory(
                ChannelDirectory.open(path, "sluice.channel.unix.directory"), suffix);
    }

    /** The name, which must be one that no path can be made of. */
    public static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name = %s: must be 1 to 32 letters, digits, _ or -".formatted(name));
        }
        return name;
    }

    /** The processor's entry. */
    public Path entry(String name) {
        return path.resolve(PREFIX + name + suffix);
    }

    /**
     * No {@link #isEntry}: where an entry is made before it is ready. No longer than its later
     * name.
     */
    public Path unready(String name) {
        return path.resolve(UNREADY_PREFIX + name + suffix);
    }

    /** Whether a file's name is that of an entry. */
    public boolean isEntry(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(suffix);
    }
}
