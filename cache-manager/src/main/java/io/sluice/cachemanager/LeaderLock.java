package io.sluice.cachemanager;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says which of several cache-managers works on a cache directory: a lock of the kernel on a file
 * in it, which dies with its process. The file may be deleted by hand; then the lock on it counts
 * no more, and all try again. For one thread.
 */
final class LeaderLock implements Closeable {
    private static final String NAME = ".sluice-manager.lock";

    private final Path file;
    private @Nullable FileChannel channel;
    private @Nullable Object lockedFile;

    LeaderLock(Path cacheDirectory) {
        file = cacheDirectory.resolve(NAME);
    }

    /** Takes the lead unless another has it. */
    boolean tryAcquire() throws IOException {
        close();
        Files.createDirectories(file.getParent());
        FileChannel opened = FileChannel.open(file, CREATE, WRITE);
        channel = opened;
        if (tryLock(opened)) {
            lockedFile = fileKey();
        }
        boolean held = isHeld();
        if (!held) {
            close();
        }
        return held;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Another manager in this very process has it.
            return false;
        }
    }

    /** Whether the lead is ours: the lock is on the file that others would lock. */
    boolean isHeld() throws IOException {
        return channel != null && lockedFile != null && Objects.equals(lockedFile, fileKey());
    }

    private @Nullable Object fileKey() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Gives the lead away. */
    @Override
    public void close() throws IOException {
        lockedFile = null;
        if (channel != null) {
            FileChannel held = channel;
            channel = null;
            held.close();
        }
    }
}
