package io.sluice.processor.scan;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.ScanReport;
import io.sluice.model.Verdict;
import io.sluice.processor.Lease;
import io.sluice.processor.Step;
import io.sluice.processor.check.Checked;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has every scanner look at the original: the first that doesn't call it clean ends the job. */
final class ScanStep implements Step<Checked, Scanned> {
    private final List<Scanner> scanners;
    private final InstantSource clock;

    ScanStep(List<Scanner> scanners, InstantSource clock) {
        this.scanners = List.copyOf(scanners);
        this.clock = clock;
    }

    @Override
    public Result<Scanned> take(Checked checked, Lease lease) throws IOException {
        if (checked.job().kind() == Job.Kind.RENDER) {
            return new Result.Next<>(new Scanned(checked, null));
        }
        List<String> engines = new ArrayList<>();
        for (Scanner scanner : scanners) {
            switch (scanner.scan(checked.original(), lease)) {
                case ScanResult.Clean(String engine) -> engines.add(engine);
                case ScanResult.Infected(String engine, String signature) -> {
                    engines.add(engine);
                    return end(infected(checked, report(Verdict.INFECTED, engines, signature)));
                }
                case ScanResult.Unscannable(String engine, String reason) -> {
                    engines.add(engine);
                    return end(
                            new JobOutcome.Unscannable(
                                    checked.contentType(),
                                    report(Verdict.UNSCANNABLE, engines, null),
                                    reason));
                }
                case ScanResult.Unavailable(String reason) -> {
                    return end(new JobOutcome.Deferred("scanner down: " + reason));
                }
                case ScanResult.Failed(String reason) -> {
                    return end(new JobOutcome.Failed("scan: " + reason, true));
                }
            }
        }
        return new Result.Next<>(new Scanned(checked, report(Verdict.CLEAN, engines, null)));
    }

    private static JobOutcome infected(Checked checked, ScanReport report) {
        return new JobOutcome.Infected(checked.contentType(), report);
    }

    private static Result<Scanned> end(JobOutcome outcome) {
        return new Result.End<>(outcome);
    }

    private ScanReport report(Verdict verdict, List<String> engines, @Nullable String signature) {
        return new ScanReport(verdict, String.join(", ", engines), signature, clock.instant());
    }
}
