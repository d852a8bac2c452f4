package io.sluice.processor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ImageFacts;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.Step.Result;
import io.sluice.processor.TestJobs;
import io.sluice.processor.original.RefusedOriginal;
import io.sluice.processor.original.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckStepTest {
    private static final long DECODING_MEMORY = 16 << 20;

    @TempDir Path root;
    private TestJobs jobs;
    private CheckStep step;
    private final Lease lease = TestJobs.lease();

    @BeforeEach
    void prepare() {
        jobs = new TestJobs(root);
        step = new CheckStep(new Store(root), DECODING_MEMORY);
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
    }

    @Nested
    class LetsThrough {
        @ParameterizedTest
        @CsvSource({
            "camera.jpg, image/jpeg, jpeg, 1278, 720, 1",
            "rotated.jpg, image/jpeg, jpeg, 1264, 720, 1",
            "truncated.jpg, image/jpeg, jpeg, 1278, 720, 1",
            "cmyk.jpg, image/jpeg, jpeg, 320, 180, 1",
            "photo.webp, image/webp, webp, 1600, 900, 1",
            "photo.avif, image/avif, avif, 640, 360, 1",
            "photo.tiff, image/tiff, tiff, 320, 180, 1",
            "alpha.png, image/png, png, 400, 225, 1",
            "animated.gif, image/gif, gif, 160, 120, 4"
        })
        void aPicture(String file, String type, String format, int width, int height, int frames)
                throws IOException {
            Checked checked = passed(jobs.of(file));
            assertThat(checked.contentType()).isEqualTo(type);
            assertThat(Objects.requireNonNull(checked.image()).facts())
                    .isEqualTo(new ImageFacts(format, width, height, frames));
        }

        @ParameterizedTest
        @CsvSource({"notes.txt, text/plain", "table.csv, text/csv"})
        void text(String file, String type) throws IOException {
            Checked checked = passed(jobs.of(file));
            assertThat(checked.contentType()).isEqualTo(type);
            assertThat(checked.image()).isNull();
        }

        @Test
        void aRenderJobsOriginalThatNobodyHashesAgain() throws IOException {
            byte[] bytes = Files.readAllBytes(TestJobs.FILES.resolve("camera.jpg"));
            Policy nothing = new Policy("strict", List.of(), 50_000_000);
            Job job = jobs.of("camera.jpg", bytes, Job.Kind.RENDER, nothing, List.of());
            assertThat(passed(job).contentType()).isEqualTo("image/jpeg");
        }

        private Checked passed(Job job) throws IOException {
            return switch (step.take(job, lease)) {
                case Result.Next<Checked>(Checked checked) -> checked;
                case Result.End<Checked>(JobOutcome outcome) ->
                        throw new AssertionError(outcome.toString());
            };
        }
    }

    @Nested
    class Rejects {
        @Test
        void anEmptyFile() throws IOException {
            assertThat(rejected(jobs.of("empty.bin")))
                    .isEqualTo(
                            new JobOutcome.Rejected(
                                    null,
                                    "empty-file",
                                    "The file is empty; at least one byte is needed."));
        }

        @Test
        void aTypeThatTheProfileDoesNotAllow() throws IOException {
            JobOutcome.Rejected rejected = rejected(jobs.of("document.pdf"));
            assertThat(rejected.code()).isEqualTo("type-not-allowed");
            assertThat(rejected.contentType()).isEqualTo("application/pdf");
            assertThat(rejected.detail())
                    .startsWith("The file is application/pdf by its content; profile default")
                    .contains("image/jpeg, image/png");
        }

        @ParameterizedTest
        @CsvSource({
            "photo.jpg, '<!DOCTYPE html><html><script>x</script></html>'",
            "photo.png, '<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>'",
            "photo.jpg, 'PK\u0003\u0004xxxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
            "notes.txt, '#!/bin/sh'",
            "notes.txt, 'text, then\u0000 a NUL'"
        })
        void whateverIsCalledSomethingElse(String name, String content) throws IOException {
            Job job = jobs.of(name, content.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(rejected(job).code()).isEqualTo("type-not-allowed");
        }

        @Test
        void aNulBehindTheFirstBlockOfText() throws IOException {
            byte[] text = "a line of text\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            text[10_000] = 0;
            assertThat(rejected(jobs.of("notes.txt", text)).contentType())
                    .isEqualTo("application/octet-stream");
        }

        @Test
        void aBombBeforeItIsDecoded() throws IOException {
            JobOutcome.Rejected rejected = rejected(jobs.of("huge.png"));
            assertThat(rejected.code()).isEqualTo("too-many-pixels");
            assertThat(rejected.detail())
                    .isEqualTo(
                            "The picture has 900,000,000 pixels (30000 x 30000, frames: 1); profile default allows 50,000,000.");
        }

        @Test
        void aPictureThatCannotBeDecodedRowByRowAndIsTooLargeForMemory() throws IOException {
            // 5000 x 2000 pixels, progressive, no colour left out: six bytes each.
            byte[] jpeg =
                    HexFormat.of().parseHex("ffd8ffc2001108" + "07d01388" + "03011100021100031100");
            Job job = jobs.of("p.jpg", jpeg, Job.Kind.PROCESS, TestJobs.POLICY, List.of());
            JobOutcome.Rejected rejected = rejected(job);
            assertThat(rejected.code()).isEqualTo("too-many-pixels");
            assertThat(rejected.detail())
                    .contains("(5000 x 2000)", "takes 60,000,000 bytes", "16,777,216 are allowed");
        }

        @Test
        void anAnimationWhoseFramesTogetherAreTooMany() throws IOException {
            byte[] bytes = Files.readAllBytes(TestJobs.FILES.resolve("animated.gif"));
            Policy small = new Policy("small", TestJobs.POLICY.allowedTypes(), 160 * 120 * 3);
            Job job = jobs.of("animated.gif", bytes, Job.Kind.PROCESS, small, List.of());
            assertThat(rejected(job).code()).isEqualTo("too-many-pixels");
        }

        @Test
        void aPictureWithoutAReadableHeader() throws IOException {
            byte[] png = Files.readAllBytes(TestJobs.FILES.resolve("alpha.png"));
            byte[] cut = Arrays.copyOf(png, 20);
            assertThat(rejected(jobs.of("alpha.png", cut)).code()).isEqualTo("undecodable-image");
        }

        private JobOutcome.Rejected rejected(Job job) throws IOException {
            assertThat(step.take(job, lease))
                    .isInstanceOfSatisfying(
                            Result.End.class,
                            end ->
                                    assertThat(end.outcome())
                                            .isInstanceOf(JobOutcome.Rejected.class));
            return (JobOutcome.Rejected) ((Result.End<Checked>) step.take(job, lease)).outcome();
        }
    }

    @Test
    void refusesAnOriginalOfWhichABitHasTurned() throws IOException {
        Job job = jobs.of("camera.jpg");
        byte[] bytes = Files.readAllBytes(jobs.file(job));
        bytes[300_000] ^= 1;
        Files.write(jobs.file(job), bytes);
        assertThatThrownBy(() -> step.take(job, lease))
                .isInstanceOf(RefusedOriginal.class)
                .hasMessageStartingWith("original is damaged: its SHA-256 is ");
    }

    @Test
    void stopsWhenTheLeaseIsOver() throws IOException {
        Job job = jobs.of("camera.jpg");
        lease.revoke();
        assertThatThrownBy(() -> step.take(job, lease)).isInstanceOf(LeaseOver.class);
    }
}
