package io.sluice.edge.job;

import io.sluice.channel.JobReturned;
import io.sluice.model.JobOutcome;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an answer, or its absence, means for the job: settled, to be tried again, or a dead letter.
 */
final class Settlement {
    private final JobTable table;
    private final JobProperties properties;

    Settlement(JobTable table, JobProperties properties) {
        this.table = table;
        this.properties = properties;
    }

    /**
     * A processor answered.
     *
     * @return the outcome that waiting requests are told; empty if the job goes on, or the answer
     *     came too late
     */
    Optional<JobOutcome> answer(
            JdbcClient jdbc, JobSubject subject, JobRow row, JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Failed(String reason, boolean retryable) ->
                    retryable
                            ? tryAgain(jdbc, subject, row, "failed", reason)
                            : bury(jdbc, subject, row, "failed", reason);
            case JobOutcome.Deferred(String reason) -> {
                table.requeue(jdbc, row, false, "deferred", reason);
                yield Optional.empty();
            }
            case JobOutcome.Rendered _,
                    JobOutcome.Infected _,
                    JobOutcome.Rejected _,
                    JobOutcome.Unscannable _ -> {
                if (!table.end(jdbc, row, "done", outcome.word(), null)) {
                    yield Optional.empty();
                }
                subject.settle(jdbc, row, outcome);
                yield Optional.of(outcome);
            }
        };
    }

    /** The job came back without an answer. */
    Optional<JobOutcome> returned(
            JdbcClient jdbc, JobSubject subject, JobRow row, Throwable cause) {
        if (cause instanceof JobReturned returned) {
            switch (returned.reason()) {
                case GOING_AWAY, NO_CREDIT, CLOSED -> {
                    table.requeue(jdbc, row, false, "returned", String.valueOf(cause.getMessage()));
                    return Optional.empty();
                }
                case PROCESSOR_LOST, DEADLINE -> {}
            }
        }
        return tryAgain(jdbc, subject, row, "lost", String.valueOf(cause.getMessage()));
    }

    private Optional<JobOutcome> tryAgain(
            JdbcClient jdbc, JobSubject subject, JobRow row, String outcome, String reason) {
        if (row.tries() >= properties.maxAttempts()) {
            return bury(jdbc, subject, row, outcome, reason);
        }
        table.requeue(jdbc, row, true, outcome, reason);
        return Optional.empty();
    }

    Optional<JobOutcome> bury(
            JdbcClient jdbc, JobSubject subject, JobRow row, String outcome, String reason) {
        if (!table.end(jdbc, row, "dead", outcome, reason)) {
            return Optional.empty();
        }
        subject.bury(jdbc, row, reason);
        return Optional.of(new JobOutcome.Failed(reason, false));
    }
}
