package io.sluice.channel.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.EventLoopGuard;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.frame.Frames;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Originals that go along with their jobs as open descriptors. */
@Timeout(60)
class PassedOriginalsTest {
    @TempDir Path root;
    private final BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
    private Path store;
    private UnixEnds ends;
    private Dispatcher dispatcher;

    @BeforeAll
    static void watchTheEventLoops() {
        EventLoopGuard.install();
    }

    @BeforeEach
    void open() {
        store = root.resolve("store");
        ends = ends(true);
        dispatcher = ends.dispatcher();
    }

    private UnixEnds ends(boolean passing) {
        return new UnixEnds(
                root.resolve("run"),
                Pings.patient(),
                Map.of(
                        "unix.pass-descriptors",
                        String.valueOf(passing),
                        "unix.store",
                        store.toString()));
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
        assertThat(OpenDescriptors.below(store)).as("descriptors left open").isZero();
    }

    private void receive(int slots) {
        ends.receiver("0", slots).start(received::add);
        Waiting.until(() -> dispatcher.credit() == slots);
    }

    /** A job whose original says which it is. */
    private Job stored() throws IOException {
        Job job = Jobs.any();
        Path file = store.resolve(job.path());
        Files.createDirectories(file.getParent());
        Files.writeString(file, job.id().toString());
        return job;
    }

    private static String text(ReceivedJob job) throws IOException {
        SeekableByteChannel original = job.original().orElseThrow();
        ByteBuffer bytes = ByteBuffer.allocate((int) original.size());
        while (bytes.hasRemaining() && original.read(bytes) >= 0) {
            // On to the end.
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    @Nested
    class AnOriginal {
        @Test
        void isReadWithoutItsPathAndClosedByTheAnswer() throws Exception {
            receive(1);
            Job job = stored();
            Sent sent = Sent.over(dispatcher.dispatch(job));
            ReceivedJob arrived = Waiting.next(received);
            Files.delete(store.resolve(job.path()));

            assertThat(text(arrived)).isEqualTo(job.id().toString());
            SeekableByteChannel original = arrived.original().orElseThrow();
            assertThat(original.position(9).read(ByteBuffer.allocate(2))).isEqualTo(2);
            assertThat(original.read(ByteBuffer.allocate(100))).isEqualTo(25);
            assertThat(original.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(() -> original.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(RuntimeException.class);
            arrived.complete(Jobs.clean());
            assertThat(sent.outcome()).isEqualTo(Jobs.clean());
            assertThatThrownBy(original::size).isInstanceOf(ClosedChannelException.class);
        }

        @Test
        void behindALinkIsNotOpened() throws Exception {
            receive(2);
            Job file = stored();
            Path there = store.resolve(file.path());
            Files.delete(there);
            Files.createSymbolicLink(there, Path.of("/etc/passwd"));
            Job directory = stored();
            Path first = store.resolve(Path.of(directory.path()).getName(0));
            Files.move(first, root.resolve("elsewhere"));
            Files.createSymbolicLink(first, root.resolve("elsewhere"));

            for (Job job : List.of(file, directory)) {
                Sent sent = Sent.over(dispatcher.dispatch(job));
                ReceivedJob arrived = Waiting.next(received);
                assertThat(arrived.original()).isEmpty();
                arrived.complete(Jobs.clean());
                sent.outcome();
            }
        }

        @Test
        void staysAtHomeWhenItsProcessorTakesNone() throws Exception {
            try (UnixEnds others = ends(false)) {
                others.receiver("plain", 1).start(received::add);
                Waiting.until(() -> dispatcher.credit() == 1);
                Sent sent = Sent.over(dispatcher.dispatch(stored()));
                ReceivedJob arrived = Waiting.next(received);
                assertThat(arrived.original()).isEmpty();
                arrived.complete(Jobs.clean());
                sent.outcome();
            }
        }

        @Test
        void isEachJobsOwnWithManyOnTheWayAndSomeCancelled() throws Exception {
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            ends.receiver("0", 64).start(job -> received.add(job));
            Waiting.until(() -> dispatcher.credit() == 64);
            Thread worker = Thread.ofPlatform().start(() -> work(wrong));
            List<Disposable> out = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Waiting.until(() -> dispatcher.credit() > 0);
                Disposable sent = dispatcher.dispatch(stored()).subscribe(_ -> {}, _ -> {});
                out.add(sent);
                if (i % 7 == 0) {
                    sent.dispose();
                }
            }
            Waiting.until(() -> dispatcher.credit() == 64);
            worker.interrupt();
            worker.join();
            assertThat(wrong).isEmpty();
            assertThat(out).allMatch(Disposable::isDisposed);
            assertThat(OpenDescriptors.below(store)).isZero();
        }

        private void work(Queue<String> wrong) {
            try {
                while (true) {
                    ReceivedJob job = received.take();
                    if (!text(job).equals(job.job().id().toString())) {
                        wrong.add(job.job().id().toString());
                    }
                    job.complete(Jobs.clean());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                wrong.add(e.toString());
            }
        }

        @Test
        void isGivenBackWithItsJobWhenNoDescriptorIsLeft() throws Exception {
            Job job = stored();
            List<Reason> why = new ArrayList<>();
            // Before a processor is there, so that all classes are: they are files too.
            dispatch(job, why);
            receive(1);
            dispatch(stored(), why);
            Waiting.next(received).complete(Jobs.clean());
            Waiting.until(() -> dispatcher.credit() == 1);

            OpenDescriptors.withNoneLeft(() -> dispatch(job, why));
            assertThat(why).containsExactly(Reason.NO_CREDIT, Reason.NO_CREDIT);
            Waiting.until(() -> dispatcher.credit() == 1);
            assertThat(received).isEmpty();
        }

        private void dispatch(Job job, List<Reason> why) {
            dispatcher
                    .dispatch(job)
                    .onErrorResume(
                            JobReturned.class,
                            returned -> {
                                why.add(returned.reason());
                                return Mono.empty();
                            })
                    .subscribe();
        }

        @Test
        void isClosedAtTheEdgeWhenTheProcessorNeverReadsAndGoes() throws Exception {
            Ends.RawListener listener = ends.rawProcessor("raw");
            RawPeer processor = listener.accept();
            processor.send(
                    Frame.newBuilder()
                            .setHello(
                                    Frames.hello("raw").getHello().toBuilder()
                                            .addCapabilities("descriptors"))
                            .build(),
                    Frames.credit(20));
            Waiting.until(() -> dispatcher.credit() == 20);
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(Sent.over(dispatcher.dispatch(stored())));
            }
            processor.close();
            for (Sent each : sent) {
                assertThat(each.returned()).isEqualTo(Reason.PROCESSOR_LOST);
            }
            Waiting.until(() -> OpenDescriptors.below(store) == 0);
        }
    }

    @Nested
    class AnEdge {
        private RawPassing edge;

        @BeforeEach
        void connect() throws Exception {
            dispatcher.close(); // it would get a share of the credit
            ends.receiver("1", 8).start(received::add);
            edge = ends.keep(new RawPassing(ends.socket("1")));
            edge.send(Frames.hello("raw"));
            edge.readUntil(Frame.KindCase.CREDIT);
        }

        private void isRefused() throws Exception {
            edge.readToEnd();
            assertThat(ends.meters().get("sluice.channel.frames.refused").counter().count())
                    .isEqualTo(1);
            Waiting.until(() -> OpenDescriptors.below(store) == 0);
        }

        @Test
        void maySendAllInPiecesAndAllAtOnce() throws Exception {
            List<Job> jobs = List.of(stored(), stored(), stored());
            edge.send(Frames.ping(1));
            edge.pass(store.resolve(jobs.getFirst().path()));
            for (byte each : RawPassing.bytes(RawPassing.announcing(jobs.getFirst()))) {
                edge.sendBytes(each);
            }
            edge.pass(store.resolve(jobs.get(1).path()));
            edge.send(RawPassing.announcing(jobs.get(1)), Frames.ping(2));
            edge.pass(store.resolve(jobs.get(2).path()));
            edge.send(RawPassing.announcing(jobs.get(2)));
            for (Job job : jobs) {
                ReceivedJob arrived = Waiting.next(received);
                assertThat(arrived.job()).isEqualTo(job);
                assertThat(text(arrived)).isEqualTo(job.id().toString());
                arrived.complete(Jobs.clean());
            }
        }

        @Test
        void thatPromisesADescriptorAndSendsNoneIsRefused() throws Exception {
            edge.send(RawPassing.announcing(stored()));
            isRefused();
        }

        @Test
        void thatSendsADescriptorUnannouncedIsRefused() throws Exception {
            Job job = stored();
            edge.pass(store.resolve(job.path()));
            edge.send(RawPassing.alone(job));
            isRefused();
        }

        @Test
        void thatSendsTwoForOneJobIsRefused() throws Exception {
            Job job = stored();
            edge.pass(store.resolve(job.path()));
            edge.pass(store.resolve(job.path()));
            isRefused();
        }

        @Test
        void thatLeavesBetweenADescriptorAndItsJobLeavesNothingOpen() throws Exception {
            edge.pass(store.resolve(stored().path()));
            edge.close();
            Waiting.until(() -> OpenDescriptors.below(store) == 0);
        }

        @Test
        void getsAJobBackAtNoCostWhenTheProcessorHasNoDescriptorLeft() throws Exception {
            // Once before, so that all classes are there: they are files too.
            expectAnswered(stored(), new JobOutcome.Deferred("later"));
            Job job = stored();
            try (RawPassing.Open original = RawPassing.open(store.resolve(job.path()))) {
                OpenDescriptors.withNoneLeft(() -> {
                    edge.pass(original);
                    edge.send(RawPassing.announcing(job));
                    Frame result = edge.readUntil(Frame.KindCase.RESULT);
                    assertThat(Wire.decode(result.getResult().getOutcome()))
                            .isInstanceOf(JobOutcome.Deferred.class);
                });
            }
            expectAnswered(stored(), Jobs.clean());
        }

        private void expectAnswered(Job job, JobOutcome outcome) throws Exception {
            edge.pass(store.resolve(job.path()));
            edge.send(RawPassing.announcing(job));
            ReceivedJob arrived = Waiting.next(received);
            assertThat(text(arrived)).isEqualTo(job.id().toString());
            arrived.complete(outcome);
            Frame result = edge.readUntil(Frame.KindCase.RESULT);
            assertThat(Wire.decode(result.getResult().getOutcome())).isEqualTo(outcome);
        }
    }
}
