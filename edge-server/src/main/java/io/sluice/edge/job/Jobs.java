package io.sluice.edge.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.Signal;
import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.JobOutcome;
import io.sluice.model.TraceParent;
import io.sluice.model.UploadId;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The jobs of this edge: queued in the commit of what they are about, sent by {@link JobRunner},
 * and awaited by those who asked for one.
 */
public final class Jobs {
    private final Database database;
    private final JobTable table;
    private final JobProperties properties;
    private final InstantSource clock;
    private final Signal signal = new Signal();
    private final Map<JobId, CompletableFuture<JobOutcome>> awaited = new ConcurrentHashMap<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger leased = new AtomicInteger();
    private final AtomicInteger dead = new AtomicInteger();

    public Jobs(
            Database database,
            JobProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
        this.table = new JobTable(properties, clock);
        gauge(meters, "queued", queued);
        gauge(meters, "leased", leased);
        gauge(meters, "dead", dead);
    }

    private static void gauge(MeterRegistry meters, String state, AtomicInteger value) {
        Gauge.builder("sluice.jobs", value, AtomicInteger::get)
                .description("jobs in the table, by state")
                .tag("state", state)
                .register(meters);
    }

    /** Queues the job that every new upload has; to be called in the upload's own commit. */
    public void enqueue(JdbcClient jdbc, UploadId upload, TraceParent trace) {
        table.insert(jdbc, fresh(upload, Job.Kind.PROCESS, null, trace));
    }

    private JobRow fresh(
            UploadId upload, Job.Kind kind, @Nullable String rendition, TraceParent trace) {
        return new JobRow(JobId.next(clock), upload, kind, rendition, 0, 0, trace);
    }

    /** What was queued is durable: it may be sent now. */
    public void wake() {
        signal.raise();
    }

    /**
     * Queues a job for one rendition. Several requests may wait for it, so its trace is its own.
     *
     * @return its outcome, once it is settled or a dead letter
     */
    public CompletableFuture<JobOutcome> render(UploadId upload, String rendition) {
        JobRow job = fresh(upload, Job.Kind.RENDER, rendition, TraceParent.next());
        JobId id = job.id();
        CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
        awaited.put(id, outcome);
        var _ = outcome.whenComplete((_, _) -> awaited.remove(id));
        var _ =
                database.commit(
                                jdbc -> {
                                    table.insert(jdbc, job);
                                    return id;
                                })
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                outcome.completeExceptionally(failure);
                            }
                            signal.raise();
                        });
        return outcome;
    }

    /** Nobody wants the upload's jobs any more; to be called in the commit that deletes it. */
    public void cancel(JdbcClient jdbc, UploadId upload) {
        table.cancel(jdbc, upload);
    }

    /** Whether another job may be queued ({@code sluice.job.max-queued}). */
    public boolean hasRoom() {
        return queued.get() < properties.maxQueued();
    }

    /**
     * Counts the table's rows again, for {@link #hasRoom} and the metrics; to be called every
     * second or so.
     */
    public void count() {
        database.read(jdbc -> {
            queued.set(table.count(jdbc, "queued"));
            leased.set(table.count(jdbc, "leased"));
            dead.set(table.count(jdbc, "dead"));
            return true;
        });
    }

    JobTable table() {
        return table;
    }

    Signal signal() {
        return signal;
    }

    void tell(JobRow row, JobOutcome outcome) {
        CompletableFuture<JobOutcome> waiting = awaited.remove(row.id());
        if (waiting != null) {
            waiting.complete(outcome);
        }
    }
}
