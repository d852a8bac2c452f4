package io.sluice.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.ScanReport;
import io.sluice.model.Verdict;
import io.sluice.processor.Lease;
import io.sluice.processor.Step.Result;
import io.sluice.processor.TestJobs;
import io.sluice.processor.check.Checked;
import io.sluice.processor.original.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanStepTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path root;
    private final Lease lease = TestJobs.lease();

    @AfterEach
    void close() throws IOException {
        lease.close();
    }

    @Test
    void isCleanWhenEveryScannerSaysSo() throws IOException {
        Result<Scanned> result =
                scan(Job.Kind.PROCESS, new ScanResult.Clean("one"), new ScanResult.Clean("two 2"));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Next.class,
                        next ->
                                assertThat(((Scanned) next.output()).report())
                                        .isEqualTo(report(Verdict.CLEAN, "one, two 2", null)));
    }

    @Test
    void endsWithTheFirstFind() throws IOException {
        assertThat(
                        outcome(
                                new ScanResult.Clean("one"),
                                new ScanResult.Infected("two", "Evil"),
                                new ScanResult.Unavailable("not asked")))
                .isEqualTo(
                        new JobOutcome.Infected(
                                "text/plain", report(Verdict.INFECTED, "one, two", "Evil")));
    }

    @Test
    void tellsWhatCannotBeScanned() throws IOException {
        assertThat(outcome(new ScanResult.Unscannable("one", "too large")))
                .isEqualTo(
                        new JobOutcome.Unscannable(
                                "text/plain",
                                report(Verdict.UNSCANNABLE, "one", null),
                                "too large"));
    }

    @Test
    void defersTheJobWhileAScannerIsDown() throws IOException {
        assertThat(outcome(new ScanResult.Clean("one"), new ScanResult.Unavailable("no clamd")))
                .isEqualTo(new JobOutcome.Deferred("scanner down: no clamd"));
    }

    @Test
    void countsTheAttemptAtWhichAScannerBroke() throws IOException {
        assertThat(outcome(new ScanResult.Failed("EOF")))
                .isEqualTo(new JobOutcome.Failed("scan: EOF", true));
    }

    @Test
    void passesByARenderJob() throws IOException {
        Result<Scanned> result = scan(Job.Kind.RENDER, new ScanResult.Unavailable("not asked"));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Next.class,
                        next -> assertThat(((Scanned) next.output()).report()).isNull());
    }

    private JobOutcome outcome(ScanResult... results) throws IOException {
        return switch (scan(Job.Kind.PROCESS, results)) {
            case Result.End<Scanned>(JobOutcome outcome) -> outcome;
            case Result.Next<Scanned> next -> throw new AssertionError(next.toString());
        };
    }

    private Result<Scanned> scan(Job.Kind kind, ScanResult... results) throws IOException {
        Job job =
                new TestJobs(root)
                        .of("notes.txt", new byte[] {'x'}, kind, TestJobs.POLICY, List.of());
        Checked checked = new Checked(job, new Store(root).open(job, lease), "text/plain", null);
        List<Scanner> scanners =
                List.of(results).stream().<Scanner>map(result -> (_, _) -> result).toList();
        return new ScanStep(scanners, () -> NOW).take(checked, lease);
    }

    private static ScanReport report(Verdict verdict, String engine, @Nullable String signature) {
        return new ScanReport(verdict, engine, signature, NOW);
    }
}
