package io.sluice.edge.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.cache.DiskCache;
import io.sluice.edge.database.Audit;
import io.sluice.edge.database.Command;
import io.sluice.edge.database.Database;
import io.sluice.edge.identity.Grant;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.TokenUses;
import io.sluice.edge.job.JobSubject;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.quota.Quotas;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The uploads of this host. What blocks is for virtual threads, never for event loops. */
public final class Uploads {
    private final Database database;
    private final DiskExecutor disk;
    private final DiskStore store;
    private final DiskCache cache;
    private final Jobs jobs;
    private final Quotas quotas;
    private final Acceptor acceptor;
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
            Quotas quotas,
            InstantSource clock,
            MeterRegistry meters) {
        this.profiles = profiles;
        this.database = database;
        this.disk = disk;
        this.store = store;
        this.cache = cache;
        this.jobs = jobs;
        this.quotas = quotas;
        this.acceptor = new Acceptor(database, disk, store, jobs, quotas, clock);
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
     * Takes a finished upload over; see {@link #acceptAll}.
     *
     * @return fails as that one does
     */
    public CompletableFuture<Receipt> accept(NewUpload request, SpoolFile file) {
        return acceptAll(List.of(new Arrival(request, file))).thenApply(List::getFirst);
    }

    /**
     * Takes the finished uploads of one request over: bytes to the store, then their rows and jobs
     * in one commit, so that all are accepted or none is. When the result completes normally they
     * survive a power cut.
     *
     * @param arrivals at least one, all of one tenant
     * @return fails with {@link UploadRefused}, {@link io.sluice.edge.quota.QuotaExceeded}, {@link
     *     io.sluice.edge.identity.TokenUsedUp}, or with {@link java.io.IOException} or {@link
     *     java.sql.SQLException} when the disk refuses; then nothing is acknowledged
     */
    public CompletableFuture<List<Receipt>> acceptAll(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            try {
                requireProfile(arrival.request().profile());
            } catch (UploadRefused e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return acceptor.accept(arrivals);
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

    /**
     * The upload, if who asks may see it: whoever belongs to its tenant, an upload token that made
     * it, and the admins of the default tenant. Tombstones are found too. Blocks.
     */
    public Optional<Upload> find(Identity who, UploadId id) {
        return database.read(jdbc -> find(jdbc, who, id));
    }

    private static Optional<Upload> find(JdbcClient jdbc, Identity who, UploadId id) {
        return UploadRows.find(jdbc, id)
                .filter(upload -> who.sees(upload.tenant()))
                .filter(upload ->
                        who.grant() == null || TokenUses.hasMade(jdbc, who.grant(), upload.id()));
    }

    /**
     * Looks ahead, before bytes are taken that could not be kept. Blocks.
     *
     * @throws io.sluice.edge.identity.TokenUsedUp if the token has made as many as it may
     */
    public boolean requireUseLeft(Grant grant) {
        return database.read(jdbc -> TokenUses.requireOneLeft(jdbc, grant));
    }

    /**
     * Takes an upload over whose bytes came in several requests and are in the store now: its new
     * state, its job, the caller's own change and its place in the quota in one commit.
     *
     * @param more what else belongs to the commit
     * @return completes when it is durable; false if the upload was no longer receiving; fails with
     *     {@link io.sluice.edge.quota.QuotaExceeded} if its tenant has no room for it any more
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
                        quotas.accepted(jdbc, tenant(jdbc, id), size, 1);
                    }
                    return isStored;
                };
        return database.commit(all)
                .thenApply(isStored -> {
                    jobs.wake();
                    return isStored;
                });
    }

    private static String tenant(JdbcClient jdbc, UploadId id) {
        return UploadRows.find(jdbc, id).orElseThrow().tenant();
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

    /**
     * A page of uploads. Blocks.
     *
     * @param tenant whose; null for all tenants
     */
    public UploadPage list(@Nullable String tenant, UploadQuery query) {
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
                find(who, id).filter(upload -> upload.state() != UploadState.DELETED);
        if (found.isEmpty()) {
            return false;
        }
        boolean isDeleted = database.commit(jdbc -> bury(jdbc, who, found.get())).join();
        disk.submit(() -> drop(found.get())).join();
        endStates.reached(id);
        return isDeleted;
    }

    private boolean bury(JdbcClient jdbc, Identity who, Upload upload) {
        UploadId id = upload.id();
        Optional<Upload> now = UploadRows.find(jdbc, id);
        if (now.isEmpty() || !new Transition(jdbc, id, clock.millis()).deleted()) {
            return false;
        }
        jobs.cancel(jdbc, id);
        Audit.write(jdbc, clock.millis(), who.asActor(), "deleted", id.toString(), null);
        if (now.get().state() != UploadState.RECEIVING) {
            // What was never accepted was never booked.
            quotas.deleted(jdbc, upload.tenant(), now.get().size());
        }
        return true;
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
