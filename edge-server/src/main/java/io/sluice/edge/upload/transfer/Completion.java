package io.sluice.edge.upload.transfer;

import io.sluice.edge.quota.QuotaExceeded;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.spool.RunningDigest;
import io.sluice.edge.upload.Uploads;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import java.util.concurrent.CompletionException;

/**
 * Makes an upload whose bytes have all come one that is processed: digest, store, commit. Blocks;
 * to be called in the upload's turn. When it fails the upload stays what it was, and may be
 * completed again.
 */
final class Completion {
    /** Read at a stretch, so that other uploads' writes come in between. */
    private static final long SLICE = 8 << 20;

    private final DiskExecutor disk;
    private final DiskStore store;
    private final Uploads uploads;
    private final Files files;
    private final Room room;

    Completion(DiskExecutor disk, DiskStore store, Uploads uploads, Files files, Room room) {
        this.disk = disk;
        this.store = store;
        this.uploads = uploads;
        this.files = files;
        this.room = room;
    }

    /** Completes an upload whose file is not open. */
    void complete(Transfer transfer) {
        ResumableFile file = files.open(transfer);
        try {
            complete(transfer.id(), file);
        } finally {
            files.close(file);
        }
    }

    /**
     * Completes an upload all of whose bytes are in the file.
     *
     * @throws QuotaExceeded if its tenant has no room for it; then it may be completed later
     */
    void complete(UploadId id, ResumableFile file) {
        long size = file.length();
        Sha256 sha256 = sha256(file);
        disk.submit(
                        () -> {
                            store.publish(id, file);
                            return size;
                        })
                .join();
        boolean isStored = commit(id, size, sha256);
        room.forget(id);
        if (!isStored) {
            disk.submit(
                            () -> {
                                store.delete(id);
                                return size;
                            })
                    .join();
        }
    }

    /** What the tenant has no room for is no original, so its bytes go back to the spool. */
    private boolean commit(UploadId id, long size, Sha256 sha256) {
        try {
            return uploads.received(
                            id,
                            size,
                            sha256,
                            jdbc -> {
                                TransferRows.settle(jdbc, id);
                                return size;
                            })
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof QuotaExceeded full) {
                files.takeBack(id);
                throw full;
            }
            throw e;
        }
    }

    /** The digest of all bytes, the rest of which are read if need be. */
    Sha256 sha256(ResumableFile file) {
        if (file.digest().isEmpty()) {
            RunningDigest behind = RunningDigest.begin();
            boolean isHashed = false;
            while (!isHashed) {
                isHashed = disk.submit(() -> file.catchUp(behind, SLICE)).join();
            }
        }
        return file.digest().orElseThrow().sha256();
    }
}
