package io.sluice.edge.upload.transfer;

import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.spool.ResumableSpool;
import io.sluice.edge.spool.RunningDigest;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The files of unfinished uploads and their digests. Every method waits for a disk thread, so it is
 * for virtual threads; and it is called in the upload's turn.
 */
final class Files {
    private final DiskExecutor disk;
    private final ResumableSpool spool;
    private final DiskStore store;
    private final Digests digests = new Digests();

    Files(DiskExecutor disk, ResumableSpool spool, DiskStore store) {
        this.disk = disk;
        this.spool = spool;
        this.store = store;
    }

    /** Opens the upload's file at its offset. */
    ResumableFile open(Transfer transfer) {
        UploadId id = transfer.id();
        @Nullable RunningDigest known = digests.take(id);
        return disk.submit(
                        () -> {
                            var _ = hasBytes(transfer);
                            return spool.open(id, transfer.offset(), known);
                        })
                .join();
    }

    /** Whether bytes are gone that the upload is known to have: then nobody can go on with it. */
    boolean isLost(Transfer transfer) {
        return transfer.offset() > 0 && !disk.submit(() -> hasBytes(transfer)).join();
    }

    private boolean hasBytes(Transfer transfer) throws IOException {
        UploadId id = transfer.id();
        if (transfer.offset() > 0 && spool.length(id) < 0) {
            // Its commit failed behind its rename.
            store.takeBack(id, spool);
        }
        return spool.length(id) >= transfer.offset();
    }

    /** Makes an original unfinished again: its commit was refused. */
    void takeBack(UploadId id) {
        disk.submit(() -> store.takeBack(id, spool)).join();
    }

    /** Keeps the digest for the next request. */
    void keepDigest(UploadId id, ResumableFile file) {
        file.digest().ifPresent(digest -> digests.put(id, digest));
    }

    /** Makes what was written survive a power cut. */
    void force(ResumableFile file) {
        disk.submit(
                        () -> {
                            spool.force(file);
                            return true;
                        })
                .join();
    }

    void rollBack(ResumableFile file, ResumableFile.Mark mark) {
        disk.submit(
                        () -> {
                            file.rollBack(mark);
                            return true;
                        })
                .join();
    }

    void beginProof(UploadId id) {
        disk.submit(
                        () -> {
                            spool.beginProof(id);
                            return true;
                        })
                .join();
    }

    void endProof(UploadId id) {
        disk.submit(
                        () -> {
                            spool.endProof(id);
                            return true;
                        })
                .join();
    }

    FileChannel read(UploadId id) {
        return disk.submit(() -> spool.read(id)).join();
    }

    void delete(UploadId id) {
        digests.forget(id);
        disk.submit(
                        () -> {
                            spool.delete(id);
                            return true;
                        })
                .join();
    }

    /** Closing changes nothing on the disk, so it needs no disk thread. */
    void close(ResumableFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
