package io.sluice.channel.unix;

import io.sluice.channel.frame.ChannelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where the processors have their sockets: {@code processor-<name>.sock}, one each. */
record SocketDirectory(Path path) {
    private static final String PREFIX = "processor-";
    private static final String SUFFIX = ".sock";

    /**
     * Creates it (0700), or checks that nobody else can put a socket there.
     *
     * @throws IOException when it can't be made
     * @throws IllegalStateException when others may write to it
     */
    static SocketDirectory open(Path path) throws IOException {
        return new SocketDirectory(ChannelDirectory.open(path, "sluice.channel.unix.directory"));
    }

    Path socket(String name) {
        return path.resolve(PREFIX + name + SUFFIX);
    }

    /** No {@link #isSocket}: where a socket is bound before it is ready. */
    Path unready(String name) {
        return path.resolve(PREFIX + name + ".new");
    }

    /** Whether a file is, by its name, some processor's socket; it may be stale. */
    static boolean isSocket(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX)
                && name.endsWith(SUFFIX)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
