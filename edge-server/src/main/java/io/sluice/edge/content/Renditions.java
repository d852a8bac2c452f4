package io.sluice.edge.content;

import io.sluice.cache.CachedFile;
import io.sluice.cache.DiskCache;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.upload.Profiles;
import io.sluice.edge.upload.Upload;
import io.sluice.model.ImageFormat;
import io.sluice.model.JobOutcome;
import io.sluice.model.RenditionSpec;
import io.sluice.model.UploadState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renditions on their way out. What is not in the cache is rendered by a job; all who ask meanwhile
 * wait for that one job. The flights are bounded by the job table's bound.
 */
public final class Renditions {
    private static final Duration LATER = Duration.ofSeconds(5);

    private final DiskCache cache;
    private final Jobs jobs;
    private final Profiles profiles;
    private final Map<String, CompletableFuture<JobOutcome>> flights = new ConcurrentHashMap<>();

    public Renditions(DiskCache cache, Jobs jobs, Profiles profiles) {
        this.cache = cache;
        this.jobs = jobs;
        this.profiles = profiles;
    }

    /**
     * The rendition of that name of a ready upload. Blocks for the look into the cache, never for
     * the rendering.
     */
    public CompletableFuture<RenditionAnswer> get(Upload upload, String name) {
        Optional<RenditionSpec> spec = profiles.rendition(upload.profile(), name);
        if (spec.isEmpty()) {
            return CompletableFuture.completedFuture(new RenditionAnswer.Unknown());
        }
        if (upload.state() != UploadState.READY || upload.image() == null) {
            return CompletableFuture.completedFuture(
                    new RenditionAnswer.Unavailable(
                            "The upload is no picture that could be rendered.", null));
        }
        return find(upload, spec.get())
                .<CompletableFuture<RenditionAnswer>>map(hit ->
                        CompletableFuture.completedFuture(
                                new RenditionAnswer.Found(hit, CacheStatus.HIT)))
                .orElseGet(() -> render(upload, spec.get()));
    }

    private Optional<CachedFile> find(Upload upload, RenditionSpec spec) {
        for (ImageFormat format : spec.formats()) {
            Optional<CachedFile> hit =
                    cache.find(spec.cacheKey(upload.id(), upload.sha256(), format));
            if (hit.isPresent()) {
                return hit;
            }
        }
        return Optional.empty();
    }

    private CompletableFuture<RenditionAnswer> render(Upload upload, RenditionSpec spec) {
        if (!jobs.hasRoom()) {
            return CompletableFuture.completedFuture(
                    new RenditionAnswer.Unavailable("Too many jobs wait.", LATER));
        }
        String flight = upload.id() + "/" + spec.name();
        CompletableFuture<JobOutcome> outcome =
                flights.computeIfAbsent(flight, _ -> jobs.render(upload.id(), spec.name()));
        var _ = outcome.whenComplete((_, _) -> flights.remove(flight, outcome));
        return outcome.thenApply(end -> answer(upload, spec, end));
    }

    private RenditionAnswer answer(Upload upload, RenditionSpec spec, JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Rendered _ ->
                    find(upload, spec)
                            .<RenditionAnswer>map(
                                    file -> new RenditionAnswer.Found(file, CacheStatus.MISS))
                            .orElse(
                                    new RenditionAnswer.Unavailable(
                                            "The cache has no room for it now.", LATER));
            case JobOutcome.Rejected(_, _, String detail) ->
                    new RenditionAnswer.Unavailable(detail, null);
            case JobOutcome.Failed(String reason, _) ->
                    new RenditionAnswer.Unavailable(reason, LATER);
            case JobOutcome.Infected _, JobOutcome.Unscannable _, JobOutcome.Deferred _ ->
                    new RenditionAnswer.Unavailable("It could not be rendered.", LATER);
        };
    }
}
