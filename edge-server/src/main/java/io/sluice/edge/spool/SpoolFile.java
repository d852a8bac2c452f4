package io.sluice.edge.spool;

import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one unfinished upload and their running digest. One piece of work at a time, on any
 * disk thread; {@link #close} may come from anywhere and waits for it.
 */
public final class SpoolFile implements Closeable {
    private final UploadId id;
    private final Path path;
    private final FileChannel file;
    private final MessageDigest digest;
    private long length;
    private @Nullable Sha256 sha256;
    private boolean isKept;

    SpoolFile(UploadId id, Path path) throws IOException {
        this.id = id;
        this.path = path;
        this.digest = newSha256();
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The upload that the bytes belong to. */
    public UploadId id() {
        return id;
    }

    /** Appends what remains in the buffers, and takes it into the digest; blocks for the disk. */
    public synchronized void write(ByteBuffer[] buffers) throws IOException {
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
        }
        Stretches.write(file, buffers, digest::update);
    }

    /** Bytes written so far. */
    public synchronized long length() {
        return length;
    }

    /** The digest of all bytes; nothing may be written after it was asked for. */
    public synchronized Sha256 sha256() {
        if (sha256 == null) {
            sha256 = Sha256.of(digest.digest());
        }
        return sha256;
    }

    /** Forces the bytes to the disk, if asked to, and closes the file but keeps it. */
    synchronized Path finish(Durability durability) throws IOException {
        if (durability == Durability.FSYNC) {
            file.force(true);
        }
        file.close();
        isKept = true;
        return path;
    }

    /** Drops the bytes, unless the store has taken them over. */
    @Override
    public synchronized void close() throws IOException {
        file.close();
        if (!isKept) {
            Files.deleteIfExists(path);
        }
    }
}
