package io.sluice.processor.job;

import io.sluice.model.JobOutcome;

/** Outcomes as metrics spell them. */
final class OutcomeWord {
    private OutcomeWord() {}

    static String of(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Rendered _ -> "rendered";
            case JobOutcome.Infected _ -> "infected";
            case JobOutcome.Rejected _ -> "rejected";
            case JobOutcome.Unscannable _ -> "unscannable";
            case JobOutcome.Deferred _ -> "deferred";
            case JobOutcome.Failed _ -> "failed";
        };
    }
}
