package io.sluice.edge.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.JobReturned;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.model.Sha256;
import io.sluice.model.TraceParent;
import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobRunnerTest {
    private static final JobProperties PROPERTIES =
            new JobProperties(
                    3, 2, Duration.ofMinutes(1), Duration.ofMillis(2), Duration.ofMillis(4), 100);
    private static final JobOutcome DONE =
            new JobOutcome.Rendered("text/plain", null, null, List.of());

    @TempDir Path directory;

    private final InstantSource clock = InstantSource.system();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final UploadId upload = UploadId.next(clock);
    private ScriptedDispatcher dispatcher = new ScriptedDispatcher(2);
    private Database database;
    private Jobs jobs;
    private TestSender sender;

    @BeforeEach
    void open() throws Exception {
        DataDirectory data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        database =
                new Database(
                        new DatabaseProperties("", 1, 100), data, true, new SimpleMeterRegistry());
        database.commit(this::insertUpload).join();
        start();
    }

    private int insertUpload(JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        INSERT INTO upload (id, tenant, state, size, sha256, profile, metadata, created_at, updated_at)
                        VALUES (?, 't', 'stored', 1, 'x', 'default', '{}', 1, 1)
                        """)
                .param(upload.toString())
                .update();
    }

    private void start() {
        jobs = new Jobs(database, PROPERTIES, clock, new SimpleMeterRegistry());
        sender = TestSender.start(jobs, database, dispatcher, new Recorder(), PROPERTIES, clock);
    }

    /** The edge dies and another one starts. */
    private void restart() {
        sender.close();
        dispatcher = new ScriptedDispatcher(2);
        start();
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        database.close();
    }

    private CompletableFuture<Boolean> enqueue() {
        return database.commit(
                        jdbc -> {
                            jobs.enqueue(jdbc, upload, TraceParent.next());
                            return true;
                        })
                .whenComplete((_, _) -> jobs.wake());
    }

    private String nextEnd() throws InterruptedException {
        return String.valueOf(ends.poll(10, TimeUnit.SECONDS));
    }

    private String stateOfTheJob() {
        return database.read(
                jdbc -> jdbc.sql("SELECT state FROM job").query(String.class).single());
    }

    /** An upload without anything to it: describes a job, and writes down how it ends. */
    private final class Recorder implements JobSubject {
        @Override
        public Optional<Job> begin(JdbcClient jdbc, JobRow row, LongFunction<Duration> deadline) {
            return Optional.of(
                    new Job(
                            row.id(),
                            row.attempt(),
                            row.kind(),
                            row.upload(),
                            row.upload().storePath(),
                            1,
                            Sha256.of(new byte[32]),
                            null,
                            null,
                            new Policy("default", List.of(), 1),
                            List.of(),
                            Instant.now().plus(deadline.apply(1)),
                            row.trace().text()));
        }

        @Override
        public void settle(JdbcClient jdbc, JobRow row, JobOutcome outcome) {
            ends.add("settled");
        }

        @Override
        public void bury(JdbcClient jdbc, JobRow row, String reason) {
            ends.add("buried: " + reason);
        }

        @Override
        public void committed(JobRow row) {
            ends.add("committed");
        }
    }

    @Nested
    class AJob {
        @Test
        void isSettledInOneCommitWithItsUpload() throws Exception {
            enqueue().join();

            dispatcher.next().answer().success(DONE);

            assertThat(nextEnd()).isEqualTo("settled");
            assertThat(nextEnd()).isEqualTo("committed");
            assertThat(stateOfTheJob()).isEqualTo("done");
        }

        @Test
        void hasEachAttemptCountedBeforeItIsSent() throws Exception {
            enqueue().join();

            assertThat(dispatcher.next().job().attempt()).isEqualTo(1);
            assertThat(
                            database.<Integer>read(jdbc ->
                                    jdbc.sql("SELECT tries FROM job")
                                            .query(Integer.class)
                                            .single()))
                    .isEqualTo(1);
        }

        @Test
        void carriesTheTraceOfItsRequestThroughEveryAttempt() throws Exception {
            TraceParent trace = TraceParent.next();
            database.commit(
                            jdbc -> {
                                jobs.enqueue(jdbc, upload, trace);
                                return true;
                            })
                    .join();
            jobs.wake();

            ScriptedDispatcher.Sent first = dispatcher.next();
            assertThat(first.job().traceParent()).isEqualTo(trace.text());
            first.answer().success(new JobOutcome.Failed("once", true));
            assertThat(dispatcher.next().job().traceParent()).isEqualTo(trace.text());
        }

        @Test
        void isADeadLetterAfterItsLastTry() throws Exception {
            enqueue().join();

            for (int attempt = 1; attempt <= 3; attempt++) {
                ScriptedDispatcher.Sent sent = dispatcher.next();
                assertThat(sent.job().attempt()).isEqualTo(attempt);
                sent.answer()
                        .error(new JobReturned(JobReturned.Reason.PROCESSOR_LOST, "it crashed"));
            }

            assertThat(nextEnd()).isEqualTo("buried: it crashed");
            assertThat(nextEnd()).isEqualTo("committed");
            assertThat(stateOfTheJob()).isEqualTo("dead");
            assertThat(
                            database.<Integer>read(jdbc ->
                                    jdbc.sql("SELECT count(*) FROM attempt")
                                            .query(Integer.class)
                                            .single()))
                    .isEqualTo(3);
        }

        @Test
        void isADeadLetterAtOnceWhenTryingAgainIsNoUse() throws Exception {
            enqueue().join();

            dispatcher.next().answer().success(new JobOutcome.Failed("damaged", false));

            assertThat(nextEnd()).isEqualTo("buried: damaged");
        }

        @Test
        void paysNothingForAScannerThatIsDownOrAProcessorThatLeaves() throws Exception {
            enqueue().join();

            for (int i = 0; i < 5; i++) {
                dispatcher.next().answer().success(new JobOutcome.Deferred("clamd is down"));
                dispatcher
                        .next()
                        .answer()
                        .error(new JobReturned(JobReturned.Reason.GOING_AWAY, "drains"));
            }
            dispatcher.next().answer().success(DONE);

            assertThat(nextEnd()).isEqualTo("settled");
        }

        @Test
        void isNotSentWithoutCredit() throws Exception {
            enqueue().join();
            enqueue().join();
            enqueue().join();

            ScriptedDispatcher.Sent first = dispatcher.next();
            dispatcher.next();
            assertThat(dispatcher.credit()).isZero();
            assertThat(dispatcher.isQuiet()).isTrue();

            first.answer().success(DONE);
            dispatcher.next();
        }
    }

    @Nested
    class AKindWithoutCredit {
        @Test
        void doesNotKeepTheOtherWaiting() throws Exception {
            dispatcher.close(Job.Kind.PROCESS);
            for (int i = 0; i < 70; i++) {
                enqueue().join();
            }
            var _ = jobs.render(upload, "thumb");

            assertThat(dispatcher.next().job().kind()).isEqualTo(Job.Kind.RENDER);
            assertThat(dispatcher.isQuiet()).isTrue();
            dispatcher.open(Job.Kind.PROCESS);
            assertThat(dispatcher.next().job().kind()).isEqualTo(Job.Kind.PROCESS);
        }

        @Test
        void isWaitedForInTheSameWayWhenItIsTheOther() throws Exception {
            dispatcher.close(Job.Kind.RENDER);
            var _ = jobs.render(upload, "thumb");
            enqueue().join();

            assertThat(dispatcher.next().job().kind()).isEqualTo(Job.Kind.PROCESS);
            dispatcher.open(Job.Kind.RENDER);
            assertThat(dispatcher.next().job().kind()).isEqualTo(Job.Kind.RENDER);
        }
    }

    @Nested
    class ARestartOfTheEdge {
        @Test
        void sendsWhatWasOutAgainAtNoCostAndIgnoresTheOldAnswer() throws Exception {
            enqueue().join();
            ScriptedDispatcher.Sent old = dispatcher.next();

            restart();

            ScriptedDispatcher.Sent again = dispatcher.next();
            assertThat(again.job().attempt()).isEqualTo(2);
            old.answer().success(new JobOutcome.Failed("a late answer", false));
            again.answer().success(DONE);
            assertThat(nextEnd()).isEqualTo("settled");
            assertThat(nextEnd()).isEqualTo("committed");
            assertThat(stateOfTheJob()).isEqualTo("done");
        }

        @Test
        void buriesAJobThatKeepsKillingTheEdge() throws Exception {
            enqueue().join();
            dispatcher.next();
            restart();
            dispatcher.next();

            restart();

            assertThat(nextEnd()).startsWith("buried: the edge died with this job too often");
        }
    }

    @Nested
    class ARendition {
        @Test
        void isAwaitedByWhoAskedForIt() throws Exception {
            CompletableFuture<JobOutcome> outcome = jobs.render(upload, "thumb");

            ScriptedDispatcher.Sent sent = dispatcher.next();
            assertThat(sent.job().kind()).isEqualTo(Job.Kind.RENDER);
            sent.answer().success(DONE);

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(DONE);
        }

        @Test
        void tellsWhoAskedWhenItCantBeMade() throws Exception {
            CompletableFuture<JobOutcome> outcome = jobs.render(upload, "thumb");

            dispatcher.next().answer().success(new JobOutcome.Failed("no room", false));

            assertThat(outcome.get(10, TimeUnit.SECONDS))
                    .isEqualTo(new JobOutcome.Failed("no room", false));
        }
    }

    @Nested
    class TheBackoff {
        @Test
        void growsToItsLimitWithJitter() {
            JobProperties properties =
                    new JobProperties(
                            3,
                            2,
                            Duration.ofMinutes(1),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(60),
                            100);
            for (int i = 0; i < 100; i++) {
                assertThat(properties.backoff(1)).isBetween(250L, 500L);
                assertThat(properties.backoff(3)).isBetween(1_000L, 2_000L);
                assertThat(properties.backoff(1_000)).isBetween(30_000L, 60_000L);
            }
        }
    }
}
