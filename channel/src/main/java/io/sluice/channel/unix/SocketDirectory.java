package io.sluice.channel.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

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
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (mode.contains(PosixFilePermission.GROUP_WRITE)
                || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalStateException(
                    "sluice.channel.unix.directory = %s: others may write to it (%s); chmod 0700 it"
                            .formatted(path, PosixFilePermissions.toString(mode)));
        }
        return new SocketDirectory(path);
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
