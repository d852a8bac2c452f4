package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.header.ExpectedDigests.Algorithm;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.spool.SpoolFile;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file whose bytes are coming in. Its methods run on disk threads, one at a time, in the order
 * of the lane; the file is made with its first write, so that a small upload crosses to the disk
 * once.
 */
final class IncomingFile implements Target {
    private final DiskSpool spool;
    private final InstantSource clock;
    private final ExpectedDigests digests;
    private final @Nullable MessageDigest sha512;
    private @Nullable SpoolFile file;

    IncomingFile(DiskSpool spool, InstantSource clock, ExpectedDigests digests) {
        this.spool = spool;
        this.clock = clock;
        this.digests = digests;
        this.sha512 = digests.needs(Algorithm.SHA_512) ? newSha512() : null;
    }

    private static MessageDigest newSha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    @Override
    public void write(List<ByteBuf> buffers) throws IOException {
        List<ByteBuffer> views = new ArrayList<>(buffers.size());
        for (ByteBuf buffer : buffers) {
            for (ByteBuffer view : buffer.nioBuffers()) {
                if (sha512 != null) {
                    sha512.update(view.duplicate());
                }
                views.add(view);
            }
        }
        opened().write(views.toArray(ByteBuffer[]::new));
    }

    /**
     * All bytes are written.
     *
     * @throws io.sluice.edge.http.problem.Refusal if they don't have the digest they came with
     */
    @Override
    public void complete() throws IOException {
        SpoolFile complete = opened();
        if (digests.needs(Algorithm.SHA_256)) {
            digests.check(Algorithm.SHA_256, complete.sha256().hex());
        }
        if (sha512 != null) {
            digests.check(Algorithm.SHA_512, HexFormat.of().formatHex(sha512.digest()));
        }
    }

    /** The file in the spool; only after it is complete. */
    SpoolFile spooled() {
        if (file == null) {
            throw new IllegalStateException("the file is not complete");
        }
        return file;
    }

    /** Drops the bytes, unless the store has taken them over. */
    void discard() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private SpoolFile opened() throws IOException {
        if (file == null) {
            // Here, not on the loop: an id's random bits can wait for the kernel's.
            file = spool.create(UploadId.next(clock));
        }
        return file;
    }
}
