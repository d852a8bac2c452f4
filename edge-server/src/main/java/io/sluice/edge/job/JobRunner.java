package io.sluice.edge.job;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.Signal;
import io.sluice.model.Job;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends the jobs of the table to processors that have credit for their kind.
 *
 * <p>Concurrency: one platform thread leases and sends; it waits for a {@link Signal}, or until the
 * next retry is due. What becomes of a job is told to {@link JobAnswers}.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final long LONGEST_WAIT_MS = 10_000;
    private static final long AGAIN_MS = 500;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final Database database;
    private final Dispatcher dispatcher;
    private final MessageChannel out;
    private final JobSubject subject;
    private final JobProperties properties;
    private final Settlement settlement;
    private final InstantSource clock;
    private final Thread thread;

    private record Attempt(JobRow row, Job job) {}

    /**
     * Sends nothing yet.
     *
     * @param dispatcher tells how many jobs may be sent
     * @param out begins the flow that sends them by it and answers to {@link JobAnswers}
     */
    public JobRunner(
            Jobs jobs,
            Database database,
            Dispatcher dispatcher,
            MessageChannel out,
            JobSubject subject,
            JobProperties properties,
            InstantSource clock) {
        this.jobs = jobs;
        this.database = database;
        this.dispatcher = dispatcher;
        this.out = out;
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
            Room room = Room.of(dispatcher);
            if (room.isNone()) {
                return LONGEST_WAIT_MS;
            }
            List<Attempt> attempts = database.commit(jdbc -> begin(jdbc, room)).join();
            attempts.forEach(this::send);
            return attempts.size() == room.total() ? 0 : untilNextDue();
        } catch (CompletionException | RejectedExecutionException e) {
            log.warn("no job could be taken from the table, trying again: {}", e.getMessage());
            return AGAIN_MS;
        }
    }

    private List<Attempt> begin(JdbcClient jdbc, Room room) {
        return jobs.table().lease(jdbc, room).stream()
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

    /** Of the kinds that there is room for: credit for another one raises the signal. */
    private long untilNextDue() {
        return Room.of(dispatcher).kinds().stream()
                .flatMapToLong(
                        kind -> database.read(jdbc -> jobs.table().nextDue(jdbc, kind)).stream())
                .map(due -> Math.clamp(due - clock.millis(), 1, LONGEST_WAIT_MS))
                .min()
                .orElse(LONGEST_WAIT_MS);
    }

    /** A flow that doesn't stand, as at the very end, costs the job nothing. */
    private void send(Attempt attempt) {
        try {
            out.send(
                    MessageBuilder.withPayload(attempt.job())
                            .setHeader(JobAnswers.ROW, attempt.row())
                            .setErrorChannelName(JobChannel.RETURNED)
                            .build());
        } catch (MessagingException e) {
            log.warn("job {} could not be sent: {}", attempt.row().id(), e.getMessage());
            JobReturned closed = new JobReturned(JobReturned.Reason.CLOSED, "the flow is closed");
            database.commit(jdbc -> settlement.returned(jdbc, subject, attempt.row(), closed))
                    .join();
        }
    }

    /** Sends nothing more once it returns. What is out comes back when the dispatcher is closed. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(LONGEST_STOP)) {
                log.warn("the job runner still waits for the state after {}", LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
