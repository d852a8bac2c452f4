package io.sluice.edge.upload.transfer;

import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.ResumableFile;
import io.sluice.edge.spool.RunningDigest;
import io.sluice.edge.upload.Uploads;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;

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

    /** Completes an upload all of whose bytes are in the file. */
    void complete(UploadId id, ResumableFile file) {
        long size = file.length();
        Sha256 sha256 = sha256(file);
        disk.submit(
                        () -> {
                            store.publish(id, file);
                            return size;
                        })
                .join();
        boolean isStored =
                uploads.received(
                                id,
                                size,
                                sha256,
                                jdbc -> {
                                    TransferRows.settle(jdbc, id);
                                    return size;
                                })
                        .join();
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

    private Sha256 sha256(ResumableFile file) {
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
