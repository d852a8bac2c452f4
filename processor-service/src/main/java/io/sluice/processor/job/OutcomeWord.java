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

    /** For the log: what is neither the operator's fault nor the machine's needs no reason. */
    static String withReason(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Rendered _ -> of(outcome);
            case JobOutcome.Infected infected -> of(outcome) + ", " + infected.scan().signature();
            case JobOutcome.Rejected rejected -> of(outcome) + ", " + rejected.code();
            case JobOutcome.Unscannable(_, _, String reason) -> of(outcome) + ", " + reason;
            case JobOutcome.Deferred(String reason) -> of(outcome) + ", " + reason;
            case JobOutcome.Failed(String reason, boolean retryable) ->
                    of(outcome) + (retryable ? " for now, " : " for good, ") + reason;
        };
    }
}
