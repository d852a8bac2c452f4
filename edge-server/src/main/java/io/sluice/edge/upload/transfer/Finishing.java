package io.sluice.edge.upload.transfer;

import io.sluice.model.UploadId;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes uploads that had all their bytes when the edge was ended. */
record Finishing(Turns turns, Ledger ledger, Completion completion, Concatenations concatenations) {
    private static final Logger log = LoggerFactory.getLogger(Finishing.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Completes them one by one. What can't be completed now is when it is asked for. Blocks. */
    void finish(List<UploadId> full) {
        for (UploadId id : full) {
            try {
                finish(id);
            } catch (RuntimeException e) {
                log.warn("{} has all its bytes but was not completed: {}", id, e.toString());
            }
        }
    }

    private void finish(UploadId id) {
        Transfer known = ledger.find(id).orElseThrow();
        if (known.role() == Role.FINAL) {
            concatenations.make(id);
            return;
        }
        Turn turn = new Turn(turns, id);
        turn.take(PATIENCE);
        try {
            Transfer now = ledger.find(id).orElseThrow();
            if (now.isReceiving() && now.isFull()) {
                completion.complete(now);
            }
        } finally {
            turn.release();
        }
    }
}
