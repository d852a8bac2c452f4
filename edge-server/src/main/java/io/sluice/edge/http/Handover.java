package io.sluice.edge.http;

import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.Receipt;
import io.sluice.edge.upload.Uploads;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hands what has come whole over to the core, wherever it came from. */
record Handover(Gate gate, UploadPolicy policy, Uploads uploads) {

    /**
     * Has the files accepted, all or none. What isn't accepted in the end is dropped, also when the
     * requests are refused.
     */
    CompletableFuture<List<Receipt>> accept(Intake intake, UploadRequest upload, Identity who) {
        CompletableFuture<List<Receipt>> all;
        try {
            gate.requireStillGood(who);
            all = uploads.acceptAll(policy.arrivals(upload, intake, who));
        } catch (RuntimeException e) {
            all = CompletableFuture.failedFuture(e);
        }
        return all.whenComplete((_, failure) -> {
            if (failure != null) {
                Border.leave(intake::discard);
            }
        });
    }
}
