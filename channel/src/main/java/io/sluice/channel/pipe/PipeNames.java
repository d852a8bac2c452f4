package io.sluice.channel.pipe;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where pipes are: {@code processor-<name>.pipe/} in the channel's directory, in it one {@code
 * <number>.jobs} and {@code <number>.outcomes} for each edge that may come.
 */
final class PipeNames {
    /** Names the channel's directory. */
    static final String SETTING = "sluice.channel.pipe.directory";

    private static final String PREFIX = "processor-";
    private static final String SUFFIX = ".pipe";
    private static final String JOBS = ".jobs";
    private static final String OUTCOMES = ".outcomes";

    private PipeNames() {}

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
