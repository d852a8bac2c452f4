package io.sluice.edge.upload;

import io.sluice.edge.database.Database;
import io.sluice.edge.identity.TokenUses;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's small recurring work, on one thread of its own. What fails is logged and done again
 * the next time.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final Database database;
    private final DiskSpool spool;
    private final Jobs jobs;
    private final Reconciliation reconciliation;
    private final UploadProperties properties;
    private final InstantSource clock;
    private final List<Chore> chores;
    private final ScheduledExecutorService thread =
            Executors.newScheduledThreadPool(
                    1, Thread.ofPlatform().name("housekeeping").daemon().factory());
    private final Thread reconciler =
            Thread.ofPlatform().name("reconciliation").daemon().unstarted(this::reconcile);

    Housekeeping(
            Database database,
            DiskSpool spool,
            Jobs jobs,
            Reconciliation reconciliation,
            UploadProperties properties,
            InstantSource clock,
            List<Chore> chores) {
        this.database = database;
        this.spool = spool;
        this.jobs = jobs;
        this.reconciliation = reconciliation;
        this.properties = properties;
        this.clock = clock;
        this.chores = List.copyOf(chores);
    }

    void start() throws IOException {
        int dropped = spool.sweep(this::isReceiving);
        if (dropped > 0) {
            log.info("dropped {} unfinished uploads of an earlier run", dropped);
        }
        every(1, "look at the disk", spool::lookAtDisk);
        every(1, "count the jobs", jobs::count);
        every(600, "forget old idempotency keys", this::forgetKeys);
        every(600, "forget expired upload tokens", this::forgetTokens);
        chores.forEach(chore -> every(chore.seconds(), chore.name(), chore.work()));
        reconciler.start();
    }

    private boolean isReceiving(UploadId id) {
        return database.read(jdbc -> UploadRows.state(jdbc, id))
                .filter(state -> state == UploadState.RECEIVING)
                .isPresent();
    }

    private void every(int seconds, String name, Chore.Work work) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException | RuntimeException e) {
                                log.warn("could not {}: {}", name, e.toString());
                            }
                        },
                        0,
                        seconds,
                        TimeUnit.SECONDS);
    }

    private void forgetKeys() {
        long before = clock.millis() - properties.idempotencyKeysFor().toMillis();
        database.commit(jdbc ->
                        jdbc.sql("DELETE FROM idempotency WHERE created_at < ?")
                                .param(before)
                                .update())
                .join();
    }

    private void forgetTokens() {
        database.commit(jdbc -> TokenUses.forget(jdbc, clock.millis())).join();
    }

    private void reconcile() {
        try {
            reconciliation.run();
        } catch (IOException | RuntimeException e) {
            log.warn("the store was not compared with its rows to the end: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        reconciler.interrupt();
    }
}
