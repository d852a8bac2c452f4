package io.sluice.channel.pipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where pipes are: {@code processor-<name>.pipe/} in the channel's directory, in it one {@code
 * <number>.jobs} and {@code <number>.outcomes} for each edge that may come.
 */
final class PipeNames {
    private static final String PREFIX = "processor-";
    private static final String SUFFIX = ".pipe";
    private static final String JOBS = ".jobs";
    private static final String OUTCOMES = ".outcomes";

    private PipeNames() {}

    /**
     * Creates the channel's directory (0700), or checks that nobody else can put pipes there.
     *
     * @throws IOException when it can't be made
     * @throws IllegalStateException when others may write to it
     */
    static Path open(Path directory) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly);
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
        if (mode.contains(PosixFilePermission.GROUP_WRITE)
                || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalStateException(
                    "sluice.channel.pipe.directory = %s: others may write to it (%s); chmod 0700 it"
                            .formatted(directory, PosixFilePermissions.toString(mode)));
        }
        return directory;
    }

    /** A processor's. */
    static Path processor(Path directory, String name) {
        return directory.resolve(PREFIX + name + SUFFIX);
    }

    static boolean isProcessor(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX)
                && name.endsWith(SUFFIX)
                && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean isJobs(Path file) {
        return file.getFileName().toString().endsWith(JOBS);
    }

    /** A name that was never used before: nobody can mix the pipes of two connections. */
    static Path freshJobs(Path processor) {
        long number = ThreadLocalRandom.current().nextLong();
        return processor.resolve(HexFormat.of().toHexDigits(number) + JOBS);
    }

    /** The other one of the pair. */
    static Path outcomes(Path jobs) {
        String name = jobs.getFileName().toString();
        return jobs.resolveSibling(name.substring(0, name.length() - JOBS.length()) + OUTCOMES);
    }
}
