package io.sluice.processor.job;

import java.util.Objects;

/** Carries a step's checked exception to the flow's error channel. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String step, Exception cause) {
        super(step, cause);
    }

    /** The step that failed. */
    String step() {
        return Objects.requireNonNull(getMessage());
    }
}
