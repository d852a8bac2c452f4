package io.sluice.edge.job;

import io.sluice.channel.Dispatcher;
import io.sluice.edge.database.Command;
import io.sluice.edge.database.Database;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends the jobs of the table to processors that have credit, and commits how each attempt ended.
 *
 * <p>Concurrency: one platform thread leases and sends; it waits for a {@link Signal}, or until the
 * next retry is due. Answers come on the channel's threads and only submit a commit there. A commit
 * that fails is submitted again until the state takes it: the number of such answers is bounded by
 * the credit of the processors.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int LARGEST_BATCH = 64;
    private static final long LONGEST_WAIT_MS = 10_000;
    private static final long COMMIT_AGAIN_MS = 500;

    private final Jobs jobs;
    private final Database database;
    private final Dispatcher dispatcher;
    private final JobSubject subject;
    private final JobProperties properties;
    private final Settlement settlement;
    private final InstantSource clock;
    private final ScheduledExecutorService again =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("job-commit-again").daemon().factory());
    private final Thread thread;

    private record Attempt(JobRow row, Job job) {}

    public JobRunner(
            Jobs jobs,
            Database database,
            Dispatcher dispatcher,
            JobSubject subject,
            JobProperties properties,
            InstantSource clock) {
        this.jobs = jobs;
        this.database = database;
        this.dispatcher = dispatcher;
        this.subject = subject;
        this.properties = properties;
        this.clock = clock;
        this.settlement = new Settlement(jobs.table(), properties);
        this.thread = Thread.ofPlatform().name("job-runner").unstarted(this::run);
    }

    /** Takes back what an earlier edge had sent out, then begins to send. */
    public void start() {
        database.commit(
                        jdbc -> {
                            for (JobRow row : jobs.table().recover(jdbc)) {
                                settlement.bury(
                                        jdbc,
                                        subject,
                                        row,
                                        "orphaned",
                                        "the edge died with this job too often");
                            }
                            return true;
                        })
                .join();
        dispatcher.onCredit(jobs.signal()::raise);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                jobs.signal().await(sendWhatIsDue());
            }
        } catch (InterruptedException e) {
            log.debug("the job runner ends");
        }
    }

    /** How long to wait then, in milliseconds. */
    private long sendWhatIsDue() {
        try {
            int room = Math.min(dispatcher.credit(), LARGEST_BATCH);
            if (room <= 0) {
                return LONGEST_WAIT_MS;
            }
            List<Attempt> attempts = database.commit(jdbc -> begin(jdbc, room)).join();
            attempts.forEach(this::send);
            return attempts.size() == room ? 0 : untilNextDue();
        } catch (CompletionException | RejectedExecutionException e) {
            log.warn("no job could be taken from the table, trying again: {}", e.getMessage());
            return COMMIT_AGAIN_MS;
        }
    }

    private List<Attempt> begin(JdbcClient jdbc, int limit) {
        return jobs.table().lease(jdbc, limit).stream()
                .flatMap(row -> begin(jdbc, row).stream())
                .toList();
    }

    private Optional<Attempt> begin(JdbcClient jdbc, JobRow row) {
        Optional<Attempt> attempt =
                subject.begin(jdbc, row, properties::deadlineFor).map(job -> new Attempt(row, job));
        if (attempt.isEmpty()) {
            jobs.table().end(jdbc, row, "cancelled", "cancelled", "the upload is gone");
        }
        return attempt;
    }

    private long untilNextDue() {
        return database.read(jobs.table()::nextDue).stream()
                .map(due -> Math.clamp(due - clock.millis(), 1, LONGEST_WAIT_MS))
                .findFirst()
                .orElse(LONGEST_WAIT_MS);
    }

    private void send(Attempt attempt) {
        JobRow row = attempt.row();
        dispatcher
                .dispatch(attempt.job())
                .subscribe(
                        outcome ->
                                settle(row, jdbc -> settlement.answer(jdbc, subject, row, outcome)),
                        failure ->
                                settle(
                                        row,
                                        jdbc -> settlement.returned(jdbc, subject, row, failure)));
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
            log.info("job {} of upload {} ended: {}", row.id(), row.upload(), outcome.word());
            subject.committed(row);
            jobs.tell(row, outcome);
        });
        jobs.signal().raise();
    }

    /** Sends nothing more. What is out comes back when the dispatcher is closed. */
    @Override
    public void close() {
        thread.interrupt();
        again.shutdownNow();
    }
}
