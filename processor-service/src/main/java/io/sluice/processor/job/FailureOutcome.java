package io.sluice.processor.job;

import io.sluice.model.JobOutcome;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.original.RefusedOriginal;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** The outcome of a job whose step threw. */
final class FailureOutcome {
    private FailureOutcome() {}

    /**
     * With a reason that an operator can act on. What may be over by the next attempt is retryable.
     */
    static JobOutcome.Failed of(Throwable failure) {
        String step = failure instanceof StepFailed failed ? failed.step() : "processor";
        Throwable cause =
                failure instanceof StepFailed && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case RefusedOriginal refused -> new JobOutcome.Failed(text(refused), false);
            case LeaseOver over -> new JobOutcome.Failed(step + ": " + text(over), true);
            case NoSuchFileException missing ->
                    new JobOutcome.Failed("%s: not there: %s".formatted(step, text(missing)), true);
            case FileSystemException file ->
                    new JobOutcome.Failed(
                            "%s: %s: %s"
                                    .formatted(
                                            step,
                                            file.getFile(),
                                            Objects.requireNonNullElse(
                                                    file.getReason(),
                                                    file.getClass().getSimpleName())),
                            true);
            case InterruptedException _ ->
                    new JobOutcome.Failed(step + ": the processor stops", true);
            default ->
                    new JobOutcome.Failed(
                            "%s: %s: %s"
                                    .formatted(step, cause.getClass().getSimpleName(), text(cause)),
                            true);
        };
    }

    private static String text(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "no reason given");
    }
}
