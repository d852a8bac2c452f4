package io.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A processor that looks for originals in an empty directory: it has only what the edge opens. */
@Timeout(120)
class PassedOriginalTest {
    @TempDir static Path data;
    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws IOException {
        Path nothing = Files.createDirectory(data.resolve("nothing"));
        processor =
                new RunningProcessor(
                        data,
                        Map.of(
                                RunningProcessor.PASSING,
                                "true",
                                "sluice.processor.store",
                                nothing.toString()));
    }

    @AfterAll
    static void close() {
        processor.close();
    }

    @Test
    void isCheckedScannedAndRendered() throws IOException {
        Job job = processor.jobs().of("camera.jpg");
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Rendered.class,
                        rendered ->
                                assertThat(rendered.renditions())
                                        .extracting(Rendition::name)
                                        .containsExactly("thumb"));
        try (Stream<Path> files = Files.walk(data.resolve("cache"))) {
            assertThat(files).as("copies").noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void thatIsDamagedIsFoundOut() throws IOException {
        Job job = processor.jobs().of("notes.txt");
        Files.writeString(processor.jobs().file(job), "x".repeat((int) job.size()));
        assertThat(processor.outcome(job))
                .isInstanceOfSatisfying(
                        JobOutcome.Failed.class,
                        failed -> assertThat(failed.retryable()).isFalse());
    }

    @Test
    void isScannedForWhatTheHashListsName() throws IOException {
        byte[] eicar =
                ("X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
                        .getBytes(StandardCharsets.US_ASCII);
        assertThat(processor.outcome(processor.jobs().of("eicar.txt", eicar)))
                .isInstanceOf(JobOutcome.Infected.class);
    }
}
