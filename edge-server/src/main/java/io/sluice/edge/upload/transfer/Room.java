package io.sluice.edge.upload.transfer;

import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.upload.TooBusy;
import io.sluice.model.UploadId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The room on the disk that is promised to unfinished uploads, and their number. Any thread may
 * call; what is promised to one upload changes in its turn only.
 */
final class Room {
    private final DiskSpool spool;
    private final int most;
    private final Map<UploadId, Long> promised = new ConcurrentHashMap<>();

    Room(DiskSpool spool, int most) {
        this.spool = spool;
        this.most = most;
    }

    /** How many uploads are unfinished. */
    int count() {
        return promised.size();
    }

    /**
     * Promises room.
     *
     * @throws TooBusy if too many uploads are unfinished
     * @throws io.sluice.edge.spool.NoDiskRoom if there is not so much
     */
    void promise(UploadId id, long bytes) {
        if (promised.size() >= most) {
            throw new TooBusy("too many uploads are unfinished (sluice.upload.max-unfinished)");
        }
        spool.reserve(bytes);
        promised.put(id, bytes);
    }

    /** Promises again what was promised before a restart. */
    void promiseAgain(UploadId id, long bytes) {
        spool.reserveAgain(bytes);
        promised.put(id, bytes);
    }

    /**
     * So much is still to come.
     *
     * @throws io.sluice.edge.spool.NoDiskRoom if that is more than before, and not there
     */
    void change(UploadId id, long bytes) {
        Long before = promised.getOrDefault(id, 0L);
        if (bytes > before) {
            spool.reserve(bytes - before);
        } else {
            spool.giveBack(before - bytes);
        }
        promised.put(id, bytes);
    }

    /** Nothing more will come. */
    void forget(UploadId id) {
        Long before = promised.remove(id);
        if (before != null) {
            spool.giveBack(before);
        }
    }
}
