package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What jobs can rely on, whatever carries them. */
@Timeout(60)
public abstract class ChannelContractTest {
    @TempDir Path directory;
    private final BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
    private Ends ends;
    private Dispatcher dispatcher;
    private JobReceiver receiver;

    /** The ends of the transport under test. */
    protected abstract Ends ends(Path directory, ChannelProperties.Ping ping);

    @BeforeAll
    static void watchTheEventLoops() {
        EventLoopGuard.install();
    }

    @BeforeEach
    void connect() {
        ends = ends(directory, Pings.patient());
        dispatcher = ends.dispatcher();
        receiver = ends.receiver("0", 4);
        receiver.start(received::add);
        Waiting.until(() -> dispatcher.credit() == 4);
    }

    @AfterEach
    void disconnect() throws IOException {
        ends.close();
    }

    private Sent dispatch(Job job) {
        return Sent.over(dispatcher.dispatch(job));
    }

    private ReceivedJob next() throws InterruptedException {
        return Waiting.next(received);
    }

    @Nested
    class AJob {
        @Test
        void arrivesWholeAndItsOutcomeToo() throws Exception {
            Job job = Jobs.any();
            Sent sent = dispatch(job);
            ReceivedJob arrived = next();

            assertThat(arrived.job()).isEqualTo(job);
            assertThat(dispatcher.credit()).isEqualTo(3);
            arrived.complete(Jobs.clean());

            assertThat(sent.outcome()).isEqualTo(Jobs.clean());
            Waiting.until(() -> dispatcher.credit() == 4);
        }

        @Test
        void isNotSentBeforeItIsSubscribedTo() {
            dispatcher.dispatch(Jobs.any());
            assertThat(dispatcher.credit()).isEqualTo(4);
        }

        @Test
        void mayBeAnsweredBeforeOlderOnes() throws Exception {
            List<Sent> outcomes = new ArrayList<>();
            List<ReceivedJob> jobs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(dispatch(Jobs.any()));
                jobs.add(next());
            }
            for (int i = 3; i >= 0; i--) {
                jobs.get(i).complete(new JobOutcome.Failed("number " + i, false));
                assertThat(outcomes.get(i).outcome())
                        .isEqualTo(new JobOutcome.Failed("number " + i, false));
            }
        }

        @Test
        void tellsItsStepsInOrderAndBeforeItsOutcome() throws Exception {
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            Sent sent =
                    Sent.over(
                            dispatcher
                                    .dispatch(Jobs.any(), heard::add)
                                    .doOnNext(_ -> heard.add("outcome")));
            ReceivedJob job = next();
            job.progress("check");
            job.progress("scan");
            job.complete(Jobs.clean());

            sent.outcome();
            assertThat(heard).containsExactly("check", "scan", "outcome");
        }

        @Test
        void findsNoRoomOnceAllCreditIsUsed() throws Exception {
            for (int i = 0; i < 4; i++) {
                dispatch(Jobs.any());
            }
            assertThat(dispatch(Jobs.any()).returned()).isEqualTo(Reason.NO_CREDIT);
        }

        @Test
        void isReturnedAtItsDeadlineAndCancelled() throws Exception {
            Sent sent = dispatch(Jobs.dueSoon());
            CountDownLatch cancelled = new CountDownLatch(1);
            ReceivedJob job = next();
            job.onCancel(cancelled::countDown);

            assertThat(sent.returned()).isEqualTo(Reason.DEADLINE);
            assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(job.isCancelled()).isTrue();
        }

        @Test
        void isReturnedAtOnceWhenItsDeadlineHasPassed() throws Exception {
            assertThat(dispatch(Jobs.dueIn(Duration.ofMillis(-1))).returned())
                    .isEqualTo(Reason.DEADLINE);
            assertThat(dispatcher.credit()).isEqualTo(4);
        }

        @Test
        void holdsItsSlotUntilTheWorkerHasLetGoOfIt() throws Exception {
            Sent late = dispatch(Jobs.dueSoon());
            ReceivedJob job = next();
            late.returned();
            assertThat(dispatcher.credit()).isEqualTo(3);

            job.complete(Jobs.clean());
            Waiting.until(() -> dispatcher.credit() == 4);
        }

        @Test
        void isCancelledTogetherWithItsSubscription() throws Exception {
            CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
            var subscription = dispatcher.dispatch(Jobs.any()).subscribe();
            ReceivedJob job = next();
            job.onCancel(() -> cancelled.complete(true));
            subscription.dispose();

            assertThat(cancelled.get(5, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void isOutOnlyOnceAtATime() throws Exception {
            Job job = Jobs.any();
            dispatch(job);
            dispatch(job).failure(IllegalStateException.class);
            assertThat(received).hasSizeLessThanOrEqualTo(1);
        }

        @Test
        void thatDoesNotFitIsRefused() throws Exception {
            Job huge = Jobs.named("x".repeat(Frames.MAX_BYTES), Duration.ofMinutes(1));
            assertThat(dispatch(huge).failure(IllegalArgumentException.class))
                    .hasMessageContaining("a frame has 65536");
        }

        @Test
        void isAnsweredOnce() throws Exception {
            dispatch(Jobs.any());
            ReceivedJob job = next();
            job.complete(Jobs.clean());
            assertThatThrownBy(() -> job.complete(Jobs.clean()))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void whoseOutcomeDoesNotFitHasFailed() throws Exception {
            Sent sent = dispatch(Jobs.any());
            next().complete(Jobs.large(Frames.MAX_BYTES));
            assertThat(sent.outcome()).isInstanceOf(JobOutcome.Failed.class);
        }
    }

    @Nested
    class AWatcher {
        @Test
        void seesWhatEachPeerHasAndDid() throws Exception {
            Sent sent = dispatch(Jobs.any());
            ReceivedJob job = next();
            Waiting.until(() -> ends.peers("processor-0", "outstanding") == 1);
            job.complete(Jobs.clean());
            sent.outcome();

            assertThat(ends.peers("processor-0", "outstanding")).isZero();
            assertThat(ends.peers("processor-0", "roundtrip")).isEqualTo(1);
            for (String peer : List.of("processor-0", "edge")) {
                Waiting.until(() -> ends.peers(peer, "bytes", "direction", "in") > 0);
                Waiting.until(() -> ends.peers(peer, "bytes", "direction", "out") > 0);
            }
        }

        @Test
        void readsEachMessageInTheMirror() throws Exception {
            Path mirror = directory.resolve("mirror.jsonl");
            dispatcher.close();
            dispatcher = ends.mirrored(mirror);
            Waiting.until(() -> dispatcher.credit() == 4);
            Job job = Jobs.any();
            Sent sent = dispatch(job);
            ReceivedJob arrived = next();
            arrived.progress("scan");
            arrived.complete(Jobs.clean());
            sent.outcome();

            String from = "\"peer\":\"processor-0\",\"direction\":\"in\",\"frame\":";
            String id = ":{\"job\":\"" + job.id();
            Waiting.until(() -> Files.readString(mirror).contains("{\"result\"" + id));
            assertThat(Files.readString(mirror))
                    .contains("\"direction\":\"out\",\"frame\":{\"job\":{\"id\":\"" + job.id())
                    .contains(from + "{\"accepted\"" + id)
                    .contains(from + "{\"progress\"" + id)
                    .contains(from + "{\"result\"" + id);
        }
    }

    @Nested
    class ALoad {
        private static final int JOBS = 10_000;

        @Test
        void ofTenThousandJobsOverACreditOf64RunsEachOnce() throws Exception {
            Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
            receiver.close();
            try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
                ends.receiver("big", 64).start(job -> workers.execute(() -> run(job, runs)));
                Waiting.until(() -> dispatcher.credit() == 64);
                CountDownLatch answered = dispatchAll();

                assertThat(answered.await(45, TimeUnit.SECONDS)).isTrue();
                assertThat(runs).hasSize(JOBS);
                assertThat(runs.values()).allMatch(count -> count.get() == 1);
                Waiting.until(() -> dispatcher.credit() == 64);
            }
        }

        private CountDownLatch dispatchAll() throws InterruptedException {
            CountDownLatch answered = new CountDownLatch(JOBS);
            Semaphore mayHaveCredit = new Semaphore(1);
            dispatcher.onCredit(mayHaveCredit::release);
            for (int sent = 0; sent < JOBS; sent++) {
                while (dispatcher.credit() == 0) {
                    mayHaveCredit.tryAcquire(1, TimeUnit.SECONDS);
                    mayHaveCredit.drainPermits();
                }
                dispatcher.dispatch(Jobs.any()).subscribe(_ -> answered.countDown());
            }
            return answered;
        }

        private static void run(ReceivedJob job, Map<String, AtomicInteger> runs) {
            runs.computeIfAbsent(job.job().id().toString(), _ -> new AtomicInteger())
                    .incrementAndGet();
            job.complete(Jobs.clean());
        }
    }
}
