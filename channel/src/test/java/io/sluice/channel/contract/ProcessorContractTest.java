package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.ReceivedJob;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processors and edges come and go; no job is lost or run twice for it. */
@Timeout(60)
public abstract class ProcessorContractTest {
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
        receiver = ends.receiver("0", 2);
        receiver.start(received::add);
        Waiting.until(() -> dispatcher.credit() == 2);
    }

    @AfterEach
    void disconnect() throws IOException {
        ends.close();
    }

    private Sent dispatch() {
        return Sent.over(dispatcher.dispatch(Jobs.any()));
    }

    @Nested
    class AProcessor {
        @Test
        void thatVanishesGivesItsJobsBack() throws Exception {
            Sent sent = dispatch();
            Waiting.next(received);
            receiver.close();

            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
            Waiting.until(() -> dispatcher.processors() == 0);
            assertThat(dispatch().returned()).isEqualTo(Reason.NO_CREDIT);
        }

        @Test
        void thatComesBackIsFoundAgain() throws Exception {
            receiver.close();
            Waiting.until(() -> dispatcher.processors() == 0);
            ends.receiver("0", 3).start(received::add);
            Waiting.until(() -> dispatcher.credit() == 3);

            Sent sent = dispatch();
            Waiting.next(received).complete(Jobs.clean());
            assertThat(sent.outcome()).isEqualTo(Jobs.clean());
        }

        @Test
        void takesAsManyJobsAsItHasRoomFor() throws Exception {
            BlockingQueue<ReceivedJob> other = new LinkedBlockingQueue<>();
            ends.receiver("roomy", 4).start(other::add);
            Waiting.until(() -> dispatcher.credit() == 6);
            assertThat(dispatcher.processors()).isEqualTo(2);

            List<Sent> sent = Stream.generate(() -> dispatch()).limit(6).toList();
            for (int taken = 0; taken < 4; taken++) {
                Waiting.next(other).complete(Jobs.clean());
            }
            Waiting.next(received).complete(Jobs.clean());
            Waiting.next(received).complete(Jobs.clean());
            for (Sent job : sent) {
                assertThat(job.outcome()).isEqualTo(Jobs.clean());
            }
            assertThat(other).isEmpty();
            assertThat(received).isEmpty();
        }

        @Test
        void whoseHandlerFailsAnswersSo() throws Exception {
            receiver.close();
            ends.receiver("broken", 1)
                    .start(_ -> {
                        throw new IllegalStateException("no thread left");
                    });
            Waiting.until(() -> dispatcher.credit() == 1);
            assertThat(dispatch().outcome()).isInstanceOf(JobOutcome.Failed.class);
            Waiting.until(() -> dispatcher.credit() == 1);
        }
    }

    @Nested
    class ADrain {
        @Test
        void finishesWhatWasTakenAndTakesNothingMore() throws Exception {
            Sent sent = dispatch();
            ReceivedJob job = Waiting.next(received);
            CompletableFuture<Boolean> drained = drain(Waiting.LIMIT);
            Waiting.until(() -> dispatcher.processors() == 0);

            assertThat(dispatch().returned()).isEqualTo(Reason.NO_CREDIT);
            assertThat(drained).isNotDone();
            job.complete(Jobs.clean());

            assertThat(sent.outcome()).isEqualTo(Jobs.clean());
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void endsAtOnceWithNothingInHand() throws Exception {
            assertThat(receiver.drain(Duration.ofSeconds(5))).isTrue();
            Waiting.until(() -> dispatcher.processors() == 0);
        }

        @Test
        void saysWhenAJobWasNotAnsweredInTime() throws Exception {
            Sent sent = dispatch();
            Waiting.next(received);
            assertThat(receiver.drain(Duration.ofMillis(100))).isFalse();
            receiver.close();
            assertThat(sent.returned()).isEqualTo(Reason.PROCESSOR_LOST);
        }

        @Test
        void leavesTheNameToASuccessor() throws Exception {
            Sent old = dispatch();
            ReceivedJob oldJob = Waiting.next(received);
            CompletableFuture<Boolean> drained = drain(Waiting.LIMIT);
            Waiting.until(() -> dispatcher.processors() == 0);
            ends.receiver("0", 5).start(received::add);
            Waiting.until(() -> dispatcher.credit() == 5);

            oldJob.complete(Jobs.clean());
            assertThat(old.outcome()).isEqualTo(Jobs.clean());
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
            receiver.close();
            Sent fresh = dispatch();
            Waiting.next(received).complete(Jobs.clean());
            assertThat(fresh.outcome()).isEqualTo(Jobs.clean());
        }

        private CompletableFuture<Boolean> drain(Duration timeout) {
            CompletableFuture<Boolean> drained = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            drained.complete(receiver.drain(timeout));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
            return drained;
        }
    }

    @Nested
    class AnEdge {
        @Test
        void thatStopsGetsItsJobsBackAndCancelsThem() throws Exception {
            Sent sent = dispatch();
            ReceivedJob job = Waiting.next(received);
            dispatcher.close();

            assertThat(sent.returned()).isEqualTo(Reason.CLOSED);
            Waiting.until(job::isCancelled);
            assertThat(dispatch().returned()).isEqualTo(Reason.CLOSED);
        }

        @Test
        void leavesItsCreditToTheNextButNotASlotThatIsBusy() throws Exception {
            dispatch();
            ReceivedJob job = Waiting.next(received);
            Dispatcher next = ends.dispatcher();
            Waiting.until(() -> next.processors() == 1);
            assertThat(next.credit()).isZero();

            dispatcher.close();
            Waiting.until(() -> next.credit() == 1);
            job.complete(Jobs.clean());
            Waiting.until(() -> next.credit() == 2);
        }

        @Test
        void countsWhatItDoes() throws Exception {
            Sent sent = dispatch();
            assertThat(gauge("outstanding")).isEqualTo(1);
            Waiting.next(received).complete(Jobs.clean());
            sent.outcome();
            Waiting.until(() -> dispatcher.credit() == 2);

            assertThat(gauge("outstanding")).isZero();
            assertThat(gauge("credit")).isEqualTo(2);
            assertThat(gauge("processors")).isEqualTo(1);
            assertThat(
                            ends.meters()
                                    .get("sluice.channel.roundtrip")
                                    .tag("outcome", "rendered")
                                    .timer()
                                    .count())
                    .isEqualTo(1);
            assertThat(ends.meters().get("sluice.channel.bytes").counters())
                    .allMatch(counter -> counter.count() > 100);
            receiver.close();
            Waiting.until(() -> dispatcher.processors() == 0);
            ends.receiver("0", 1).start(received::add);
            Waiting.until(() -> dispatcher.processors() == 1);
        }

        private double gauge(String name) {
            return ends.meters().get("sluice.channel." + name).gauge().value();
        }
    }
}
