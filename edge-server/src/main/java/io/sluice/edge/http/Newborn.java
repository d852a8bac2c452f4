package io.sluice.edge.http;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.transfer.Transfer;
import io.sluice.edge.upload.transfer.Transfers;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose client does not know its URL yet. If the request ends before the answer, nobody
 * ever will, so the upload goes too.
 *
 * <p>Concurrency: guarded by itself, as a client goes away on an event loop while the far side
 * creates.
 */
final class Newborn {
    private final Transfers transfers;
    private final Identity who;
    private @Nullable Transfer begun;
    private boolean isTold;
    private boolean isOver;

    Newborn(Transfers transfers, Identity who) {
        this.transfers = transfers;
        this.who = who;
    }

    /** It is there. */
    synchronized Transfer begin(Transfer transfer) {
        begun = transfer;
        dropIfUntold();
        return transfer;
    }

    /** Its URL goes out. */
    synchronized void tell() {
        isTold = true;
    }

    /** The request has ended, however. */
    synchronized void end() {
        isOver = true;
        dropIfUntold();
    }

    private void dropIfUntold() {
        Transfer left = begun;
        if (isOver && !isTold && left != null) {
            begun = null;
            Border.leave(() -> transfers.terminate(who, left.id()));
        }
    }
}
