package io.sluice.channel.contract;

import io.sluice.model.ImageFacts;
import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.model.RenditionSpec;
import io.sluice.model.ScanReport;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Jobs and outcomes as they are in real life. */
public final class Jobs {
    public static final InstantSource CLOCK = InstantSource.system();

    private Jobs() {}

    public static Job any() {
        return named("holiday.jpg", Duration.ofMinutes(1));
    }

    public static Job dueIn(Duration deadline) {
        return named("holiday.jpg", deadline);
    }

    /** Late enough to arrive before it, whatever carries it, and soon enough to be waited for. */
    public static Job dueSoon() {
        return dueIn(Duration.ofSeconds(2));
    }

    /** Late enough for a broker to start again before it. */
    public static Job patient() {
        return dueIn(Duration.ofMinutes(10));
    }

    public static Job named(String filename, Duration deadline) {
        return job(JobId.next(CLOCK), 1, filename, deadline);
    }

    /** One that makes renditions of an original that is known clean. */
    public static Job toRender() {
        return job(
                JobId.next(CLOCK),
                1,
                "holiday.jpg",
                Duration.ofMinutes(1),
                Job.Kind.RENDER,
                eager());
    }

    /** One whose original is only checked and scanned. */
    public static Job toScan() {
        return job(
                JobId.next(CLOCK),
                1,
                "holiday.txt",
                Duration.ofMinutes(1),
                Job.Kind.PROCESS,
                List.of());
    }

    public static Job nextAttempt(Job job) {
        return job(job.id(), job.attempt() + 1, "holiday.jpg", Duration.ofMinutes(10));
    }

    private static Job job(JobId id, int attempt, String filename, Duration deadline) {
        return job(id, attempt, filename, deadline, Job.Kind.PROCESS, eager());
    }

    private static List<RenditionSpec> eager() {
        return List.of(
                new RenditionSpec(
                        "thumb",
                        RenditionSpec.Mode.COVER,
                        200,
                        200,
                        List.of(ImageFormat.WEBP, ImageFormat.JPEG),
                        80));
    }

    private static Job job(
            JobId id,
            int attempt,
            String filename,
            Duration deadline,
            Job.Kind kind,
            List<RenditionSpec> renditions) {
        UploadId upload = UploadId.next(CLOCK);
        return new Job(
                id,
                attempt,
                kind,
                upload,
                upload.storePath(),
                4096,
                new Sha256("ab".repeat(32)),
                filename,
                "image/jpeg",
                new Policy("default", List.of("image/*"), 50_000_000),
                renditions,
                CLOCK.instant().plus(deadline).truncatedTo(ChronoUnit.MILLIS),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    public static JobOutcome clean() {
        return new JobOutcome.Rendered(
                "image/jpeg",
                new ScanReport(Verdict.CLEAN, "hashes", null, Instant.EPOCH),
                new ImageFacts("jpeg", 640, 480, 1),
                List.of());
    }

    /** An outcome of about as many bytes on the wire. */
    public static JobOutcome large(int bytes) {
        return new JobOutcome.Failed("x".repeat(bytes), true);
    }
}
