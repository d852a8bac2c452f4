package io.sluice.processor;

import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.Policy;
import io.sluice.model.RenditionSpec;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Puts real files into a store and makes jobs of them. */
public final class TestJobs {
    public static final Path FILES = Path.of("../test-files");

    public static final Policy POLICY =
            new Policy(
                    "default",
                    List.of(
                            "image/jpeg",
                            "image/png",
                            "image/webp",
                            "image/gif",
                            "image/tiff",
                            "image/bmp",
                            "image/avif",
                            "text/plain",
                            "text/csv"),
                    50_000_000);

    public static final RenditionSpec THUMB =
            new RenditionSpec(
                    "thumb",
                    RenditionSpec.Mode.COVER,
                    200,
                    200,
                    List.of(ImageFormat.WEBP, ImageFormat.JPEG),
                    80);

    private static final InstantSource CLOCK = InstantSource.system();

    private final Path store;

    public TestJobs(Path store) {
        this.store = store;
    }

    /** A lease that is long enough for any test. */
    public static Lease lease() {
        return new Lease(CLOCK.instant().plus(Duration.ofMinutes(1)), CLOCK);
    }

    /** A job for one of the real files. */
    public Job of(String testFile) throws IOException {
        return of(testFile, Files.readAllBytes(FILES.resolve(testFile)));
    }

    /** A job for these bytes under that name. */
    public Job of(String filename, byte[] bytes) throws IOException {
        return of(filename, bytes, Job.Kind.PROCESS, POLICY, List.of(THUMB));
    }

    /** A job for these bytes with everything that tests vary. */
    public Job of(
            String filename,
            byte[] bytes,
            Job.Kind kind,
            Policy policy,
            List<RenditionSpec> renditions)
            throws IOException {
        UploadId upload = UploadId.next(CLOCK);
        Path file = store.resolve(upload.storePath());
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return new Job(
                JobId.next(CLOCK),
                1,
                kind,
                upload,
                upload.storePath(),
                bytes.length,
                sha256(bytes),
                filename,
                null,
                policy,
                renditions,
                CLOCK.instant().plus(Duration.ofMinutes(1)),
                "");
    }

    /** The same job with another path. */
    public static Job at(Job job, String path) {
        return new Job(
                job.id(),
                job.attempt(),
                job.kind(),
                job.upload(),
                path,
                job.size(),
                job.sha256(),
                job.filename(),
                job.declaredType(),
                job.policy(),
                job.renditions(),
                job.deadline(),
                job.traceParent());
    }

    /** Where the job's original lies. */
    public Path file(Job job) {
        return store.resolve(job.path());
    }

    private static Sha256 sha256(byte[] bytes) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
