package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import io.sluice.model.wire.Frame.KindCase;
import io.sluice.model.wire.Hello;
import io.sluice.model.wire.JobMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an edge may do wrong, and that it costs nobody else anything. */
@Timeout(60)
public abstract class RawEdgeContractTest {
    @TempDir Path directory;
    private final BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
    private Ends ends;
    private JobReceiver receiver;
    private RawPeer edge;

    /** The ends of the transport under test. */
    protected abstract Ends ends(Path directory, ChannelProperties.Ping ping);

    @BeforeEach
    void connect() throws IOException {
        connect(Pings.patient());
    }

    private void connect(ChannelProperties.Ping ping) throws IOException {
        ends = ends(directory, ping);
        receiver = ends.receiver("0", 8);
        receiver.start(received::add);
        edge = ends.rawEdge("0");
    }

    @AfterEach
    void disconnect() throws IOException {
        ends.close();
    }

    /** The edge is thrown out, counted, and an honest one is served. */
    private void refused() throws Exception {
        edge.readToEnd(KindCase.HELLO);
        assertThat(ends.meters().get("sluice.channel.frames.refused").counter().count())
                .isEqualTo(1);
        othersAreServed();
    }

    private void othersAreServed() throws Exception {
        isServed(ends.dispatcher());
    }

    private void isServed(Dispatcher honest) throws Exception {
        Waiting.until(() -> honest.credit() > 0);
        received.clear();
        Sent sent = Sent.over(honest.dispatch(Jobs.any()));
        Waiting.next(received).complete(Jobs.clean());
        assertThat(sent.outcome()).isEqualTo(Jobs.clean());
    }

    private RawPeer greeted() throws IOException {
        edge.sayHello().readUntil(KindCase.CREDIT);
        return edge;
    }

    private static Frame job(JobMessage.Builder message) {
        return Frame.newBuilder().setJob(message).build();
    }

    @Nested
    class AFrame {
        @Test
        void beforeHelloIsRefused() throws Exception {
            edge.sendJob(Jobs.any());
            refused();
            assertThat(received).isEmpty();
        }

        @Test
        void ofAnotherVersionIsRefused() throws Exception {
            edge.send(
                    Frame.newBuilder()
                            .setHello(Hello.newBuilder().setVersion(2).setIdentity("x"))
                            .build());
            refused();
        }

        @Test
        void withASecondHelloIsRefused() throws Exception {
            greeted().sayHello();
            refused();
        }

        @Test
        void withAnIdentityThatForgesLogLinesIsRefused() throws Exception {
            edge.send(Frames.hello("x\nINFO all is well"));
            refused();
        }

        @Test
        void ofTwoGigabytesIsRefusedByItsLength() throws Exception {
            greeted().sendBytes(new byte[] {0x7f, -1, -1, -1, 0});
            refused();
        }

        @Test
        void oneByteOverTheLimitIsRefused() throws Exception {
            greeted().sendBytes(new byte[] {0, 1, 0, 1});
            refused();
        }

        @Test
        void thatIsNoMessageIsRefused() throws Exception {
            greeted().sendBytes(new byte[] {0, 0, 0, 3, -1, -1, -1});
            refused();
        }

        @Test
        void thatIsEmptyIsRefused() throws Exception {
            greeted().sendBytes(new byte[4]);
            refused();
        }

        @Test
        void thatIsASerializedObjectIsRefused() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
                objects.writeObject(List.of("gadget"));
            }
            edge.sendBytes(bytes.toByteArray());
            refused();
        }

        @Test
        void ofTheOtherEndIsRefused() throws Exception {
            greeted().send(Frames.credit(1));
            refused();
        }

        @Test
        void withAPongThatAnswersNothingIsRefused() throws Exception {
            greeted().send(Frames.pong(99));
            refused();
        }

        @Test
        void withAMalformedJobIsRefused() throws Exception {
            greeted().send(job(Wire.encode(Jobs.any()).toBuilder().setUpload("../../etc")));
            refused();
        }

        @Test
        void withAJobThatIsInHandIsRefused() throws Exception {
            Job job = Jobs.any();
            greeted().sendJob(job).sendJob(job);
            refused();
        }

        @Test
        void withoutCreditIsRefused() throws Exception {
            greeted();
            for (int i = 0; i < 8; i++) {
                edge.sendJob(Jobs.any());
                Waiting.next(received);
            }
            edge.sendJob(Jobs.any());
            edge.readToEnd(KindCase.HELLO);
            assertThat(received).isEmpty();
        }

        @Test
        void behindABadOneIsNotLookedAt() throws Exception {
            greeted().send(Frames.credit(1), job(Wire.encode(Jobs.any()).toBuilder()));
            edge.readToEnd(KindCase.HELLO);
            assertThat(received).isEmpty();
        }

        @Test
        void mayComeByteByByte() throws Exception {
            greeted();
            Job job = Jobs.any();
            byte[] message = Frame.newBuilder().setJob(Wire.encode(job)).build().toByteArray();
            edge.sendBytes(new byte[] {0, 0, (byte) (message.length >> 8), (byte) message.length});
            for (byte one : message) {
                edge.sendBytes(one);
            }
            assertThat(Waiting.next(received).job()).isEqualTo(job);
        }
    }

    @Nested
    class AnEdge {
        @Test
        void thatVanishesBeforeHelloHarmsNobody() throws Exception {
            edge.close();
            othersAreServed();
        }

        @Test
        void thatVanishesInTheMiddleOfAFrameHarmsNobody() throws Exception {
            greeted().sendBytes(new byte[] {0, 0, 1, 0, 10, 20});
            edge.close();
            othersAreServed();
        }

        @Test
        void thatVanishesHasItsJobsCancelled() throws Exception {
            greeted().sendJob(Jobs.any());
            ReceivedJob job = Waiting.next(received);
            CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
            job.onCancel(() -> cancelled.complete(true));
            edge.close();

            assertThat(cancelled.get()).isTrue();
            job.complete(Jobs.clean());
            othersAreServed();
        }

        @Test
        void isNotAcceptedFromOnceItMayHaveReadTheGoAway() throws Exception {
            greeted();
            assertThat(receiver.drain(Duration.ofSeconds(5))).isTrue();
            edge.sendJob(Jobs.any()).send(Frames.ping(7));
            edge.readUntil(KindCase.GO_AWAY);

            assertThat(edge.read()).isEqualTo(Frames.pong(7));
            assertThat(received).isEmpty();
        }

        @Test
        void thatDoesNotReadGetsNoCreditAndHoldsUpNobody() throws Exception {
            greeted();
            Dispatcher honest = ends.dispatcher();
            Waiting.until(() -> honest.processors() == 1);
            for (int i = 0; i < 8; i++) {
                edge.sendJob(Jobs.any());
                Waiting.next(received).complete(Jobs.large(60_000));
            }
            isServed(honest);
            for (int i = 0; i < 8; i++) {
                edge.readUntil(KindCase.RESULT);
            }
        }
    }

    @Nested
    class ASilentEdge {
        @BeforeEach
        void hurry() throws IOException {
            disconnect();
            connect(Pings.impatient());
        }

        @Test
        void isLostWhenItNeverSaysHello() throws Exception {
            edge.readToEnd(KindCase.HELLO);
            othersAreServed();
        }

        @Test
        void isLostAndItsJobsCancelled() throws Exception {
            greeted().sendJob(Jobs.any());
            ReceivedJob job = Waiting.next(received);
            assertThat(edge.readToEnd(KindCase.PING)).isTrue();
            Waiting.until(job::isCancelled);
        }

        @Test
        void isNoneWhenItAnswersPings() throws Exception {
            greeted();
            for (int i = 0; i < 12; i++) { // twice the timeout
                edge.send(Frames.pong(edge.readUntil(KindCase.PING).getPing().getNonce()));
            }
            edge.send(Frames.ping(7));
            assertThat(edge.readUntil(KindCase.PONG).getPong().getNonce()).isEqualTo(7);
        }
    }
}
