package io.sluice.channel.unix;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the processors have their sockets: {@code processor-<name>}, one each.
 *
 * @param suffix of the sockets that are meant, which tells what is spoken there
 */
public record SocketDirectory(Path path, String suffix) {
    private static final String PREFIX = "processor-";

    /**
     * Creates it (0700), or checks that nobody else can put a socket there.
     *
     * @throws IOException when it can't be made
     * @throws IllegalStateException when others may write to it
     */
    public static SocketDirectory open(Path path, String suffix) throws IOException {
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
        return new SocketDirectory(path, suffix);
    }

    /** The socket of that processor. */
    public Path socket(String name) {
        return path.resolve(PREFIX + name + suffix);
    }

    /** Not seen by {@link #sockets}: where a socket is bound before it is ready. */
    Path unready(String name) {
        return path.resolve(PREFIX + name + suffix + ".new");
    }

    boolean isSocketName(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(suffix);
    }

    /** The sockets that are there now, stale ones too. */
    Set<Path> sockets() throws IOException {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (isSocketName(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
