package io.sluice.channel.unix;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a listening socket. It gets its name by a rename once it listens and has its mode:
 * whoever sees it may connect, and a stale file of a killed process is replaced without a gap.
 */
final class SocketFile {
    /** What the kernel's address holds, without the end mark. */
    private static final int MAX_PATH_BYTES = 107;

    private final Path path;
    private final Path unready;
    private @Nullable Object key;

    SocketFile(Path path, Path unready) {
        this.path = path;
        this.unready = unready;
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new IllegalArgumentException(
                    "sluice.channel.unix.directory = %s: with the socket's name longer than %d"
                                    .formatted(path.getParent(), MAX_PATH_BYTES)
                            + " bytes; choose a shorter one, or a relative one");
        }
    }

    /** Where to bind. */
    Path unready() {
        return unready;
    }

    /**
     * Makes sure that nobody listens under this name, and that it can be bound.
     *
     * @throws IllegalStateException when a running processor listens there, or the file is no
     *     socket
     */
    void claim() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
            throw new IllegalStateException(path + ": is no socket; remove it");
        }
        if (isLive()) {
            throw new IllegalStateException(
                    path + ": another running processor listens there; give this one another name");
        }
        Files.deleteIfExists(unready);
    }

    private boolean isLive() throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // Without waiting: a processor that hangs, with its backlog full, is running too.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            if (Files.exists(path)) {
                throw e;
            }
            return false;
        }
    }

    /** Publishes the bound socket, with mode 0660. */
    void publish() throws IOException {
        Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-rw----"));
        key = key(unready);
        Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file, unless it is a successor's by now. */
    void remove() throws IOException {
        if (key != null && Objects.equals(key(path), key)) {
            Files.deleteIfExists(path);
        }
        key = null;
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
