package io.sluice.edge.upload.transfer;

import io.sluice.edge.database.Actor;
import io.sluice.edge.upload.Uploads;
import io.sluice.model.UploadId;

/** Removes unfinished uploads: their rows' state, bytes and room. Blocks; in the upload's turn. */
record Removal(Ledger ledger, Files files, Room room, Uploads uploads) {

    /** Its client gives it up; false if it has moved on. */
    boolean terminate(UploadId id, Actor actor) {
        boolean isTerminated = ledger.terminate(id, actor);
        drop(id);
        return isTerminated;
    }

    /** It came to nothing by what its own client did. */
    void terminate(Transfer transfer) {
        terminate(transfer.id(), new Actor(transfer.actor(), transfer.tenant(), null));
    }

    /** It is too late; false if it has moved on. */
    boolean expire(UploadId id) {
        boolean isExpired = ledger.expire(id);
        drop(id);
        return isExpired;
    }

    private void drop(UploadId id) {
        files.delete(id);
        room.forget(id);
        uploads.ended(id);
    }
}
