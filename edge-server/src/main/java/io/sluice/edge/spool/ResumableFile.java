package io.sluice.edge.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an unfinished upload that comes in several requests, open for one of them. Its
 * length grows by whole writes only: what a failed one has left is cut off again. One piece of work
 * at a time, on any disk thread; every method blocks for the disk.
 */
public final class ResumableFile implements Closeable {
    private static final int READ = 256 * 1024;

    private final Path path;
    private final FileChannel file;
    private final boolean isNew;
    private long length;
    private @Nullable RunningDigest digest;

    /**
     * A place in the file to come back to.
     *
     * @param digest null where the bytes before it were not hashed
     */
    public record Mark(long length, @Nullable RunningDigest digest) {}

    ResumableFile(Path path, long length, @Nullable RunningDigest known) throws IOException {
        this.path = path;
        this.length = length;
        this.digest = length == 0 ? RunningDigest.begin() : known;
        this.isNew = length == 0;
        this.file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            requireBytes();
            cut();
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void requireBytes() throws IOException {
        if (file.size() < length) {
            throw new IOException(
                    "%s has %d bytes, but %d were acknowledged"
                            .formatted(path.getFileName(), file.size(), length));
        }
    }

    /** Forgets what lies behind the length. */
    private void cut() throws IOException {
        file.truncate(length);
        file.position(length);
    }

    /** Bytes that count. */
    public synchronized long length() {
        return length;
    }

    /** Whether its name may not be on the disk yet. */
    boolean isNew() {
        return isNew;
    }

    /** Appends what remains in the buffers: all of it, or nothing. */
    public synchronized void append(ByteBuffer[] buffers) throws IOException {
        long grown = length;
        for (ByteBuffer buffer : buffers) {
            grown += buffer.remaining();
        }
        // A copy, which a write that fails leaves behind.
        @Nullable RunningDigest hashed = digest == null ? null : digest.copy();
        try {
            Stretches.write(file, buffers, hashed == null ? _ -> {} : hashed::update);
        } catch (IOException e) {
            cut();
            throw e;
        }
        length = grown;
        digest = hashed;
    }

    /**
     * Appends a stretch of another file, copied by the kernel; it is read once, for the digest.
     *
     * @throws IOException if the stretch isn't there
     */
    public synchronized void append(FileChannel part, long position, long count)
            throws IOException {
        long start = length;
        long copied = 0;
        try {
            while (copied < count) {
                long more = part.transferTo(position + copied, count - copied, file);
                if (more <= 0) {
                    throw new IOException("a part is shorter than it was");
                }
                copied += more;
            }
        } catch (IOException e) {
            cut();
            throw e;
        }
        length = start + count;
        if (digest != null) {
            read(start, length, digest::update);
        }
    }

    /** Takes bytes from left to right. */
    public interface Reader {
        /** The next bytes; they are overwritten afterwards. */
        void take(ByteBuffer bytes);
    }

    /** Reads a stretch of what is there. */
    public synchronized void read(long from, long to, Reader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(READ);
        long position = from;
        while (position < to) {
            buffer.clear().limit((int) Math.min(READ, to - position));
            int count = file.read(buffer, position);
            if (count < 0) {
                throw new IOException("%s ends at %d".formatted(path.getFileName(), position));
            }
            position += count;
            reader.take(buffer.flip());
        }
    }

    /**
     * Goes on with hashing bytes of an earlier run, which are in no digest here.
     *
     * @param most bytes to read at most
     * @return whether all bytes are hashed now
     */
    public synchronized boolean catchUp(RunningDigest behind, long most) throws IOException {
        long from = behind.length();
        read(from, Math.min(length, from + most), behind::update);
        if (behind.length() == length) {
            digest = behind;
        }
        return digest != null;
    }

    /** The digest of all bytes, unless some came in an earlier run. */
    public synchronized Optional<RunningDigest> digest() {
        return Optional.ofNullable(digest);
    }

    /** The place where it ends now. */
    public synchronized Mark mark() {
        return new Mark(length, digest == null ? null : digest.copy());
    }

    /** Forgets what came behind the mark. */
    public synchronized void rollBack(Mark mark) throws IOException {
        length = mark.length();
        digest = mark.digest() == null ? null : mark.digest().copy();
        cut();
    }

    /** Forces the bytes to the disk. */
    synchronized void force() throws IOException {
        file.force(true);
    }

    Path path() {
        return path;
    }

    /** Closes the file and keeps it. */
    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
