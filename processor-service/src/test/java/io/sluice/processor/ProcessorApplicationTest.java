package io.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.ImageFacts;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.ScanReport;
import io.sluice.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole processor: jobs over a real socket, real files, a real image worker. */
@Timeout(120)
class ProcessorApplicationTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int SLOTS = 8;

    @TempDir static Path data;
    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws IOException {
        processor =
                new RunningProcessor(
                        data, Map.of("sluice.processor.slots", Integer.toString(SLOTS)));
    }

    @AfterAll
    static void close() {
        processor.close();
    }

    @Test
    void rendersACleanPicture() throws IOException {
        Job job = processor.jobs().of("camera.jpg");
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Rendered.class,
                        rendered -> {
                            assertThat(rendered.contentType()).isEqualTo("image/jpeg");
                            ScanReport scan = Objects.requireNonNull(rendered.scan());
                            assertThat(scan.verdict()).isEqualTo(Verdict.CLEAN);
                            assertThat(scan.engine()).isEqualTo("hash-list");
                            assertThat(rendered.image())
                                    .isEqualTo(new ImageFacts("jpeg", 1278, 720, 1));
                            assertThat(rendered.renditions())
                                    .extracting(Rendition::name)
                                    .containsExactly("thumb");
                        });
    }

    @Test
    void rendersOnDemandWithoutScanningAgain() throws IOException {
        byte[] bytes = Files.readAllBytes(TestJobs.FILES.resolve("photo.webp"));
        Job job =
                processor
                        .jobs()
                        .of(
                                "photo.webp",
                                bytes,
                                Job.Kind.RENDER,
                                TestJobs.POLICY,
                                List.of(TestJobs.THUMB));
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Rendered.class,
                        rendered -> {
                            assertThat(rendered.scan()).isNull();
                            assertThat(rendered.renditions()).hasSize(1);
                        });
        assertThat(processor.outcome(job)).isInstanceOf(JobOutcome.Rendered.class);
    }

    @Test
    void findsTheTestFile() throws IOException {
        byte[] eicar =
                ("X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
                        .getBytes(StandardCharsets.US_ASCII);
        assertThat(processor.outcome(processor.jobs().of("eicar.txt", eicar)))
                .isInstanceOfSatisfying(
                        JobOutcome.Infected.class,
                        infected -> {
                            assertThat(infected.contentType()).isEqualTo("text/plain");
                            assertThat(infected.scan().signature())
                                    .isEqualTo("Eicar-Test-Signature");
                        });
    }

    @Test
    void rejectsWhatTheProfileDoesNotAllow() throws IOException {
        assertThat(processor.outcome(processor.jobs().of("document.pdf")))
                .isInstanceOf(JobOutcome.Rejected.class);
    }

    @Test
    void failsForNowWhenTheOriginalIsNotThere() throws IOException {
        Job job = processor.jobs().of("camera.jpg");
        Files.delete(processor.jobs().file(job));
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Failed.class,
                        failed -> {
                            assertThat(failed.retryable()).isTrue();
                            assertThat(failed.reason()).startsWith("check: not there: ");
                        });
    }

    @Test
    void failsForGoodWhenTheOriginalIsDamaged() throws IOException {
        Job job = processor.jobs().of("notes.txt");
        Files.writeString(processor.jobs().file(job), "x".repeat((int) job.size()));
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Failed.class,
                        failed -> {
                            assertThat(failed.retryable()).isFalse();
                            assertThat(failed.reason()).startsWith("original is damaged");
                        });
    }

    @Test
    void failsForGoodWhenALinkLeadsOutOfTheStore() throws IOException {
        Job job = processor.jobs().of("notes.txt");
        Path moved = Files.move(processor.jobs().file(job), data.resolve("moved"));
        Files.createSymbolicLink(processor.jobs().file(job), moved);
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Failed.class,
                        failed -> assertThat(failed.retryable()).isFalse());
    }

    @Test
    void givesEachCreditBack() throws Exception {
        List<CompletableFuture<JobOutcome>> outcomes =
                List.of(
                        processor.send(processor.jobs().of("alpha.png")),
                        processor.send(processor.jobs().of("animated.gif")),
                        processor.send(processor.jobs().of("empty.bin")),
                        processor.send(processor.jobs().of("truncated.jpg")));
        for (CompletableFuture<JobOutcome> outcome : outcomes) {
            outcome.get(1, TimeUnit.MINUTES);
        }
        await().atMost(LONG).until(() -> processor.credit() == SLOTS);
    }

    @Test
    void showsHealthAndMetricsOnItsManagementPort() throws Exception {
        processor.outcome(processor.jobs().of("camera.jpg"));
        assertThat(processor.actuator("health/readiness"))
                .contains("\"imageWorkers\"", "\"jobChannel\"", "\"status\":\"UP\"");
        assertThat(processor.actuator("health"))
                .contains("\"engine\":", "\"seccomp\":\"all ", "\"landlock\":\"ABI ");
        assertThat(processor.actuator("health/liveness")).contains("\"UP\"");
        assertThat(processor.actuator("prometheus"))
                .contains(
                        "sluice_check_seconds_count{outcome=\"passed\"}",
                        "sluice_scan_seconds_count{outcome=\"passed\"}",
                        "sluice_render_seconds_count{outcome=\"rendered\"}",
                        "sluice_processor_jobs_total{kind=\"process\",outcome=\"rendered\"}",
                        "sluice_image_workers_ready 1.0");
    }
}
