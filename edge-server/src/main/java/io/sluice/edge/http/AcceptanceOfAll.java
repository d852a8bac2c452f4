package io.sluice.edge.http;

import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.upload.NewUpload;
import io.sluice.edge.upload.Receipt;
import io.sluice.edge.upload.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Has all files of one request accepted. The first goes alone: what the core refuses of one it
 * refuses of all. The others go together, so that they share commits.
 */
record AcceptanceOfAll(Uploads uploads, Intake intake, List<NewUpload> requests) {

    /** Begins. What isn't accepted in the end is dropped, also when the requests are refused. */
    static CompletableFuture<List<Receipt>> begin(
            Uploads uploads, Intake intake, Supplier<List<NewUpload>> requests) {
        CompletableFuture<List<Receipt>> all;
        try {
            AcceptanceOfAll acceptance = new AcceptanceOfAll(uploads, intake, requests.get());
            all = acceptance.accept(0).thenCompose(acceptance::others);
        } catch (RuntimeException e) {
            all = CompletableFuture.failedFuture(e);
        }
        return all.whenComplete((_, failure) -> {
            if (failure != null) {
                Border.leave(intake::discard);
            }
        });
    }

    private CompletableFuture<Receipt> accept(int index) {
        return uploads.accept(requests.get(index), intake.files().get(index).bytes());
    }

    private CompletableFuture<List<Receipt>> others(Receipt first) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        receipts.add(CompletableFuture.completedFuture(first));
        for (int i = 1; i < requests.size(); i++) {
            receipts.add(accept(i));
        }
        return CompletableFuture.allOf(receipts.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> receipts.stream().map(CompletableFuture::join).toList());
    }
}
