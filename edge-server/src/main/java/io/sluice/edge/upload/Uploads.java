package io.sluice.edge.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.cache.DiskCache;
import io.sluice.edge.database.Audit;
import io.sluice.edge.database.Command;
import io.sluice.edge.database.Database;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.job.JobSubject;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.SpoolFile;
import io.sluice.model.Rendition;
import io.sluice.model.Sha256;
import io.sluice.model.TraceParent;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The uploads of this host. What blocks is for virtual threads, never for event loops. */
public final class Uploads {
    private final Database database;
    private final DiskExecutor disk;
    private final DiskStore store;
    private final DiskCache cache;
    private final Jobs jobs;
    private final Profiles profiles;
    private final InstantSource clock;
    private final EndStates endStates;
    private final Semaphore places;

    public Uploads(
            UploadProperties properties,
            Profiles profiles,
            Database database,
            DiskExecutor disk,
            DiskStore store,
            DiskCache cache,
            Jobs jobs,
            InstantSource clock,
            MeterRegistry meters) {
        this.profiles = profiles;
        this.database = database;
        this.disk = disk;
        this.store = store;
        this.cache = cache;
        this.jobs = jobs;
        this.clock = clock;
        this.endStates = new EndStates(database, store, properties.maxWaiting());
        this.places = new Semaphore(properties.maxConcurrent());
        meters.gauge("sluice.uploads.free-places", places, Semaphore::availablePermits);
    }

    /** What the job table calls about uploads. */
    public JobSubject jobSubject() {
        return new Processing(profiles, endStates, clock);
    }

    /**
     * Takes a place among the uploads whose bytes are coming in. Cheap: it may be asked on an event
     * loop.
     *
     * @throws TooBusy if there is none, or too many jobs wait
     */
    public Admission admit() {
        if (!jobs.hasRoom()) {
            throw new TooBusy("too many jobs wait (sluice.job.max-queued)");
        }
        if (!places.tryAcquire()) {
            throw new TooBusy("too many uploads at the same time (sluice.upload.max-concurrent)");
        }
        return new Admission(places::release);
    }

    /**
     * Takes a finished upload over: bytes to the store, then its row and its job in one commit.
     * When the result completes normally the upload survives a power cut.
     *
     * @return fails with {@link UploadRefused}, with {@link java.io.IOException} or {@link
     *     java.sql.SQLException} when the disk refuses; then the upload isn't acknowledged
     */
    public CompletableFuture<Receipt> accept(NewUpload request, SpoolFile file) {
        try {
            requireProfile(request.profile());
        } catch (UploadRefused e) {
            return CompletableFuture.failedFuture(e);
        }
        Acceptance acceptance = new Acceptance(request, file, jobs, clock);
        return disk.submit(
                        () -> {
                            file.sha256();
                            store.publish(file);
                            return file.id();
                        })
                .thenCompose(_ -> database.commit(acceptance))
                .thenCompose(receipt -> afterCommit(receipt, file));
    }

    /**
     * Refuses a profile that is not configured.
     *
     * @throws UploadRefused if it isn't
     */
    public void requireProfile(String profile) {
        if (!profiles.names().contains(profile)) {
            throw new UploadRefused(
                    UploadRefused.Reason.UNKNOWN_PROFILE,
                    "there is no profile %s; there are %s".formatted(profile, profiles.names()));
        }
    }

    /** A repeated request's bytes are in the store under an id that has no row: they go. */
    private CompletableFuture<Receipt> afterCommit(Receipt receipt, SpoolFile file) {
        if (receipt.isNew()) {
            jobs.wake();
            return CompletableFuture.completedFuture(receipt);
        }
        return disk.submit(() -> {
            store.delete(file.id());
            if (!receipt.upload().sha256().equals(file.sha256())) {
                throw new UploadRefused(
                        UploadRefused.Reason.IDEMPOTENCY_CONFLICT,
                        "the Idempotency-Key was used before, for other bytes");
            }
            return receipt;
        });
    }

    /**
     * Takes an upload over whose bytes came in several requests and are in the store now: its new
     * state, its job and the caller's own change in one commit.
     *
     * @param more what else belongs to the commit
     * @return completes when it is durable; false if the upload was no longer receiving
     */
    public CompletableFuture<Boolean> received(
            UploadId id, long size, Sha256 sha256, Command<?> more) {
        TraceParent trace = TraceParent.next();
        Command<Boolean> all =
                jdbc -> {
                    boolean isStored = new Reception(jdbc, id, clock.millis()).stored(size, sha256);
                    if (isStored) {
                        jobs.enqueue(jdbc, id, trace);
                        more.run(jdbc);
                    }
                    return isStored;
                };
        return database.commit(all)
                .thenApply(isStored -> {
                    jobs.wake();
                    return isStored;
                });
    }

    /** Tells those who wait for the upload that it has ended otherwise than by a job. Blocks. */
    public void ended(UploadId id) {
        endStates.reached(id);
    }

    /** The upload, unless it belongs to another tenant; tombstones are found too. Blocks. */
    public Optional<Upload> find(String tenant, UploadId id) {
        return database.read(jdbc -> UploadRows.find(jdbc, id))
                .filter(upload -> upload.tenant().equals(tenant));
    }

    /** A page of the tenant's uploads. Blocks. */
    public UploadPage list(String tenant, UploadQuery query) {
        UploadQuery oneMore =
                new UploadQuery(query.state(), query.profile(), query.before(), query.limit() + 1);
        List<Upload> found = database.read(jdbc -> UploadRows.list(jdbc, tenant, oneMore));
        if (found.size() <= query.limit()) {
            return new UploadPage(found, null);
        }
        List<Upload> page = found.subList(0, query.limit());
        return new UploadPage(page, page.getLast().id());
    }

    /**
     * Completes when the upload has reached an end state. Cancel it when nobody waits any more.
     * Blocks for the first look.
     *
     * @throws TooBusy if too many requests wait already
     */
    public CompletableFuture<Upload> whenEnded(String tenant, UploadId id) {
        CompletableFuture<Upload> end = endStates.await(id);
        find(tenant, id).filter(upload -> upload.state().isEnd()).ifPresent(end::complete);
        return end;
    }

    /**
     * Deletes the original, its renditions and its jobs; the row stays as a tombstone. Blocks until
     * nothing of it can be served any more.
     *
     * @return false if there is no such upload
     */
    public boolean delete(Identity who, UploadId id) {
        Optional<Upload> found =
                find(who.tenant(), id).filter(upload -> upload.state() != UploadState.DELETED);
        if (found.isEmpty()) {
            return false;
        }
        boolean isDeleted = database.commit(jdbc -> bury(jdbc, who, id)).join();
        disk.submit(() -> drop(found.get())).join();
        endStates.reached(id);
        return isDeleted;
    }

    private boolean bury(JdbcClient jdbc, Identity who, UploadId id) {
        jobs.cancel(jdbc, id);
        Audit.write(jdbc, clock.millis(), who.actor(), "deleted", id.toString(), null);
        return new Transition(jdbc, id, clock.millis()).deleted();
    }

    /** The row says deleted already, so nothing is served; what a crash leaves here is swept. */
    private boolean drop(Upload upload) throws IOException {
        store.delete(upload.id());
        for (Rendition rendition : upload.renditions()) {
            cache.invalidate(rendition.cacheKey());
        }
        return true;
    }
}
