package io.sluice.processor.render;

import io.sluice.cache.CacheFullException;
import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.RenditionSpec;
import io.sluice.model.UploadId;
import io.sluice.model.wire.RenderRequest;
import io.sluice.processor.Lease;
import io.sluice.processor.Step;
import io.sluice.processor.check.Checked;
import io.sluice.processor.scan.Scanned;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the job's renditions and puts them into the cache. Those that are there from an attempt
 * before are left alone. A clean original that is no picture, or one that the engine can't read, is
 * done without any.
 */
final class RenderStep implements Step<Scanned, JobOutcome> {
    private final ImageWorkers workers;
    private final RenditionCache cache;
    private final DeadlyOriginals deadly;
    private final AtomicLong requests = new AtomicLong();

    RenderStep(ImageWorkers workers, RenditionCache cache, DeadlyOriginals deadly) {
        this.workers = workers;
        this.cache = cache;
        this.deadly = deadly;
    }

    @Override
    public Result<JobOutcome> take(Scanned scanned, Lease lease)
            throws IOException, InterruptedException {
        Checked checked = scanned.checked();
        Job job = checked.job();
        if (checked.image() == null || job.renditions().isEmpty()) {
            return rendered(scanned, List.of());
        }
        Optional<Engine> engine = workers.engine(lease);
        if (engine.isEmpty()) {
            return end(new JobOutcome.Deferred("no image worker is ready"));
        }
        if (!engine.get().reads().contains(checked.contentType())) {
            return rendered(scanned, List.of());
        }
        List<Wanted> wanted = new ArrayList<>();
        for (RenditionSpec spec : job.renditions()) {
            Optional<ImageFormat> format = engine.get().firstOf(spec.formats());
            if (format.isEmpty()) {
                return failed(
                        "rendition %s: %s writes none of %s; add jpeg to its formats"
                                .formatted(spec.name(), engine.get().name(), spec.formats()),
                        false);
            }
            wanted.add(Wanted.of(job, spec, format.get()));
        }
        return render(scanned, wanted, lease);
    }

    private Result<JobOutcome> render(Scanned scanned, List<Wanted> wanted, Lease lease)
            throws IOException, InterruptedException {
        List<Rendition> renditions = new ArrayList<>();
        List<Wanted> missing = new ArrayList<>();
        for (Wanted each : wanted) {
            cache.find(each).ifPresentOrElse(renditions::add, () -> missing.add(each));
        }
        if (missing.isEmpty()) {
            return rendered(scanned, renditions);
        }
        Checked checked = scanned.checked();
        Optional<String> refusal = deadly.refusal(checked.job().sha256());
        if (refusal.isPresent()) {
            return failed(refusal.get(), false);
        }
        UploadId upload = checked.job().upload();
        try (Source source = Source.of(checked.original(), cache, upload);
                Filling filling = Filling.open(cache, missing, upload)) {
            return switch (workers.render(request(checked, source, filling), lease)) {
                case Answer.Made made -> {
                    deadly.survived(checked.job().sha256());
                    renditions.addAll(filling.commit(made.pictures()));
                    yield rendered(scanned, renditions);
                }
                case Answer.Undecodable(String reason) ->
                        end(
                                new JobOutcome.Rejected(
                                        checked.contentType(),
                                        "undecodable-image",
                                        "The file begins like %s, but can't be decoded: %s."
                                                .formatted(checked.contentType(), reason)));
                case Answer.Deadly(String reason) -> deadly(checked.job(), reason);
                case Answer.Busy(String reason) -> end(new JobOutcome.Deferred(reason));
                case Answer.Failed(String reason) -> failed(reason, true);
            };
        } catch (CacheFullException e) {
            return failed("no room in the cache: " + e.getMessage(), true);
        }
    }

    private Result<JobOutcome> deadly(Job job, String how) {
        deadly.ended(job.sha256(), how);
        return deadly.refusal(job.sha256())
                .map(refusal -> failed(refusal, false))
                .orElseGet(() -> failed("the image worker ended on it: " + how, true));
    }

    private RenderRequest request(Checked checked, Source source, Filling filling) {
        return RenderRequest.newBuilder()
                .setId(requests.incrementAndGet())
                .setSource(source.path().toString())
                .setSourceType(checked.contentType())
                .addAllTargets(filling.targets())
                .build();
    }

    private static Result<JobOutcome> rendered(Scanned scanned, List<Rendition> renditions) {
        Checked checked = scanned.checked();
        return end(
                new JobOutcome.Rendered(
                        checked.contentType(),
                        scanned.report(),
                        checked.image() == null ? null : checked.image().facts(),
                        renditions));
    }

    private static Result<JobOutcome> failed(String reason, boolean retryable) {
        return end(new JobOutcome.Failed(reason, retryable));
    }

    private static Result<JobOutcome> end(JobOutcome outcome) {
        return new Result.End<>(outcome);
    }
}
