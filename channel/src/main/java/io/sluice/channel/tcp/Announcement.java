package io.sluice.channel.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a processor tells where it listens. The processor holds a lock on it for as
 * long as it runs: a file without one was left by a killed processor, and its port may be anybody's
 * by now.
 */
final class Announcement {
    /** Of the file's name. */
    static final String SUFFIX = ".tcp";

    private static final Pattern ADDRESS = Pattern.compile("[\\w.:%\\[\\]]{1,96}:\\d{1,5}");
    private static final int MAX_BYTES = 128;
    private static final Set<PosixFilePermission> MODE =
            PosixFilePermissions.fromString("rw-r-----");

    private final Path path;
    private final Path unready;
    private @Nullable FileChannel locked;
    private @Nullable Object key;

    Announcement(Path path, Path unready) {
        this.path = path;
        this.unready = unready;
    }

    /** The address in a running processor's file; nothing for a stale one. */
    static Optional<String> read(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (!isLocked(channel)) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
            channel.read(bytes, 0);
            String address = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
            return ADDRESS.matcher(address).matches() ? Optional.of(address) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        // A shared lock, so that two that ask at the same time don't take each other for the owner.
        try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this process
        }
    }

    /**
     * Makes sure that no running processor has this name, and takes it.
     *
     * @throws IllegalStateException when one has
     */
    void claim() throws IOException {
        FileChannel mine =
                FileChannel.open(
                        unready,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(MODE));
        if (!lock(mine) || read(path).isPresent()) {
            mine.close();
            throw new IllegalStateException(
                    path + ": another running processor has it; give this one another name");
        }
        locked = mine;
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Tells the address to whoever looks into the directory. */
    void publish(String address) throws IOException {
        if (locked == null) {
            throw new IllegalStateException("claim the name first");
        }
        Files.setPosixFilePermissions(unready, MODE); // whatever the umask left of them
        locked.truncate(0);
        locked.write(ByteBuffer.wrap((address + '\n').getBytes(StandardCharsets.US_ASCII)), 0);
        key = key(unready);
        Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file, unless it is a successor's by now, and lets go of the name. */
    void remove() throws IOException {
        FileChannel mine = locked;
        if (mine == null) {
            return;
        }
        locked = null;
        try {
            if (key == null) {
                Files.deleteIfExists(unready);
            } else if (key.equals(key(path))) {
                Files.deleteIfExists(path);
            }
        } finally {
            mine.close();
        }
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
