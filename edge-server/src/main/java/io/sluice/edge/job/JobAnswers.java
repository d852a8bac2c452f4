package io.sluice.edge.job;

import io.sluice.edge.database.Command;
import io.sluice.edge.database.Database;
import io.sluice.model.JobOutcome;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.MessagingException;

/**
 * Where the jobs that were sent come back to: commits how each attempt ended.
 *
 * <p>Concurrency: called on the channel's threads, which only submit a commit here. A commit that
 * fails is submitted again until the state takes it: the number of such answers is bounded by the
 * credit of the processors.
 */
public final class JobAnswers implements AutoCloseable {
    /** The header of a message on the way out that says which row its job is. */
    static final String ROW = "jobRow";

    private static final Logger log = LoggerFactory.getLogger(JobAnswers.class);
    private static final long COMMIT_AGAIN_MS = 500;

    private final Jobs jobs;
    private final Database database;
    private final JobSubject subject;
    private final Settlement settlement;
    private final ScheduledExecutorService again =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("job-commit-again").daemon().factory());

    /** For the jobs of one table. */
    public JobAnswers(Jobs jobs, Database database, JobSubject subject, JobProperties properties) {
        this.jobs = jobs;
        this.database = database;
        this.subject = subject;
        this.settlement = new Settlement(jobs.table(), properties);
    }

    /** A processor answered the job that the headers name. */
    public void answered(JobOutcome outcome, MessageHeaders headers) {
        JobRow row = row(headers);
        settle(row, jdbc -> settlement.answer(jdbc, subject, row, outcome));
    }

    /** The job of the failed message came back without an answer. */
    public void returned(MessagingException failure) {
        Message<?> message = Objects.requireNonNull(failure.getFailedMessage());
        JobRow row = row(message.getHeaders());
        Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
        settle(row, jdbc -> settlement.returned(jdbc, subject, row, cause));
    }

    private static JobRow row(MessageHeaders headers) {
        return Objects.requireNonNull(headers.get(ROW, JobRow.class));
    }

    private void settle(JobRow row, Command<Optional<JobOutcome>> command) {
        try {
            var _ =
                    database.commit(command)
                            .whenComplete((end, failure) -> {
                                if (failure != null) {
                                    settleAgain(row, command, failure);
                                } else {
                                    settled(row, end);
                                }
                            });
        } catch (RejectedExecutionException e) {
            settleAgain(row, command, e);
        }
    }

    private void settleAgain(JobRow row, Command<Optional<JobOutcome>> command, Throwable failure) {
        if (!again.isShutdown()) {
            log.warn(
                    "the end of job {} could not be committed, trying again: {}",
                    row.id(),
                    failure.getMessage());
            var _ =
                    again.schedule(
                            () -> settle(row, command), COMMIT_AGAIN_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void settled(JobRow row, Optional<JobOutcome> end) {
        end.ifPresent(outcome -> {
            try (var _ = MDC.putCloseable("trace", row.trace().traceId())) {
                log.info("job {} of upload {} ended: {}", row.id(), row.upload(), outcome.word());
            }
            subject.committed(row);
            jobs.tell(row, outcome);
        });
        jobs.signal().raise();
    }

    /** Tries no commit again. */
    @Override
    public void close() {
        again.shutdownNow();
    }
}
