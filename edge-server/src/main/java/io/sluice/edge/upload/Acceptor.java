package io.sluice.edge.upload;

import io.sluice.edge.database.Database;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.SpoolFile;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes finished uploads over: all bytes of a request to the store, then all its rows and jobs in
 * one commit. Whatever fails on the way, none of the request's files is acknowledged.
 */
record Acceptor(
        Database database,
        DiskExecutor disk,
        DiskStore store,
        Jobs jobs,
        Quotas quotas,
        InstantSource clock) {
    private static final Logger log = LoggerFactory.getLogger(Acceptor.class);

    CompletableFuture<List<Receipt>> accept(List<Arrival> arrivals) {
        List<Acceptance> files =
                arrivals.stream()
                        .map(arrival ->
                                new Acceptance(arrival.request(), arrival.bytes(), jobs, clock))
                        .toList();
        return publish(arrivals)
                .thenCompose(_ -> database.commit(new AcceptanceOfAll(files, quotas)))
                .whenComplete((_, failure) -> {
                    if (failure != null && !isUnclear(failure)) {
                        Thread.startVirtualThread(() -> withdraw(arrivals));
                    }
                })
                .thenCompose(receipts -> afterCommit(receipts, arrivals));
    }

    /** Ends when all have ended, so that nothing is published after a failure was told. */
    private CompletableFuture<Void> publish(List<Arrival> arrivals) {
        List<CompletableFuture<SpoolFile>> published = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            published.add(publish(arrival.bytes()));
        }
        return CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<SpoolFile> publish(SpoolFile file) {
        try {
            return disk.submit(() -> {
                file.sha256();
                store.publish(file);
                return file;
            });
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A commit that failed in the database may be there after all when it is opened again. */
    private static boolean isUnclear(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SQLException;
    }

    /**
     * What was published has no row and will have none. On a thread of its own, as the disk's queue
     * may be what was full.
     */
    private void withdraw(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            try {
                store.delete(arrival.bytes().id());
            } catch (IOException e) {
                log.warn(
                        "bytes of refused upload {} stay until the next start: {}",
                        arrival.bytes().id(),
                        e.toString());
            }
        }
    }

    /** A repeated request's bytes are in the store under ids that have no rows: they go. */
    private CompletableFuture<List<Receipt>> afterCommit(
            List<Receipt> receipts, List<Arrival> arrivals) {
        if (receipts.getFirst().isNew()) {
            jobs.wake();
            return CompletableFuture.completedFuture(receipts);
        }
        return disk.submit(() -> {
            withdraw(arrivals);
            for (int i = 0; i < receipts.size(); i++) {
                requireSame(receipts.get(i).upload(), arrivals.get(i).bytes());
            }
            return receipts;
        });
    }

    private static void requireSame(Upload earlier, SpoolFile bytes) {
        if (!earlier.sha256().equals(bytes.sha256())) {
            throw new UploadRefused(
                    UploadRefused.Reason.IDEMPOTENCY_CONFLICT,
                    "the Idempotency-Key was used before, for other bytes");
        }
    }
}
