package io.sluice.processor.original;

import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sluice.model.Sha256;
import io.sluice.processor.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An original's bytes, read from the descriptor that was opened and checked once. Every read first
 * looks at the lease, so that whatever reads stops soon after nobody wants the outcome. Not
 * thread-safe: one step at a time has it.
 */
public final class Original {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final @Nullable Path path;
    private final SeekableByteChannel channel;
    private final long size;
    private final Lease lease;

    Original(@Nullable Path path, SeekableByteChannel channel, long size, Lease lease) {
        this.path = path;
        this.channel = channel;
        this.size = size;
        this.lease = lease;
    }

    /**
     * Where it lies, for another process; here it is read through the descriptor only. Empty when
     * that came from the edge: there may be no right to the path.
     */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** Writes all its bytes, from the start on, into a file that is there. */
    public void copyTo(Path file) throws IOException {
        try (FileChannel copy = FileChannel.open(file, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (long position = 0; read(position, buffer) > 0; buffer.clear()) {
                position += buffer.position();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    copy.write(buffer);
                }
            }
        }
    }

    /** Its length in bytes. */
    public long size() {
        return size;
    }

    /**
     * Reads from a position until the buffer is full or the original ends.
     *
     * @return how many bytes were read; 0 at the end
     */
    public int read(long position, ByteBuffer target) throws IOException {
        lease.ensureHeld();
        channel.position(position);
        int start = target.position();
        while (target.hasRemaining() && channel.read(target) >= 0) {
            // A short read is no end.
        }
        return target.position() - start;
    }

    /** Up to that many of its first bytes. */
    public byte[] head(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, size));
        read(0, buffer);
        byte[] head = new byte[buffer.position()];
        buffer.flip().get(head);
        return head;
    }

    /** The SHA-256 of all its bytes, read now. */
    public Sha256 sha256() throws IOException {
        return Sha256.of(digest("SHA-256"));
    }

    /**
     * The digest of all its bytes, read now.
     *
     * @param algorithm one that every JDK has
     */
    public byte[] digest(String algorithm) throws IOException {
        MessageDigest digest = newDigest(algorithm);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long position = 0; read(position, buffer) > 0; buffer.clear()) {
            position += buffer.position();
            digest.update(buffer.flip());
        }
        return digest.digest();
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("this JDK has no " + algorithm, e);
        }
    }
}
