package io.sluice.channel.pipe;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The directory of one processor's pipes, locked for as long as it offers any. What a killed one
 * left is known by the lock that the kernel took off, and removed.
 */
final class PipeDoor {
    private final Path directory;
    private final FileDescriptor lock;

    private PipeDoor(Path directory, FileDescriptor lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Makes the directory (0700), anew if need be, so that edges see it come.
     *
     * @throws IllegalStateException when a running processor has it
     */
    static PipeDoor open(Path directory) throws IOException {
        removeStale(directory);
        try {
            Files.createDirectory(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw isTaken(directory);
        }
        return new PipeDoor(directory, lock(directory));
    }

    private static void removeStale(Path directory) throws IOException {
        FileDescriptor lock;
        try {
            lock = lock(directory);
        } catch (NoSuchFileException e) {
            return;
        }
        new PipeDoor(directory, lock).close();
    }

    private static FileDescriptor lock(Path directory) throws IOException {
        FileDescriptor open = SystemCalls.openForReading(directory);
        // The name may be another directory's by now: that of a processor that was faster.
        if (SystemCalls.tryLock(open, directory)
                && Objects.equals(
                        key(directory), key(Path.of("/proc/self/fd/" + open.intValue())))) {
            return open;
        }
        open.close();
        throw isTaken(directory);
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static IllegalStateException isTaken(Path directory) {
        return new IllegalStateException(
                directory
                        + ": another running processor has its pipes there; give this one another"
                        + " name");
    }

    Path directory() {
        return directory;
    }

    /** Removes what is left, then lets go of the name. */
    void close() throws IOException {
        try {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
            Files.delete(directory);
        } finally {
            lock.close();
        }
    }
}
