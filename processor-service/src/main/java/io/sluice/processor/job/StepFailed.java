package io.sluice.processor.job;

import java.util.Objects;

/** Carries what a step threw to the flow's error channel. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String step, Throwable cause) {
        super(step, cause);
    }

    /** The step that failed. */
    String step() {
        return Objects.requireNonNull(getMessage());
    }
}
