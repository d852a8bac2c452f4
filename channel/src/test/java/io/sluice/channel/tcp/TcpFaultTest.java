package io.sluice.channel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.contract.EventLoopGuard;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.frame.Attempt;
import io.sluice.model.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network does to connections, and that it costs no job. */
@ParameterizedClass(name = "with TLS: {0}")
@ValueSource(booleans = {false, true})
@Timeout(60)
class TcpFaultTest {
    private final boolean tls;
    @TempDir Path directory;

    TcpFaultTest(boolean tls) {
        this.tls = tls;
    }

    @BeforeAll
    static void watchTheEventLoops() {
        EventLoopGuard.install();
    }

    /** Two ends with a proxy between them. */
    private record Line(TcpEnds processors, TcpEnds edges, TcpProxy proxy)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            edges.close();
            processors.close();
            proxy.close();
        }
    }

    private Line line(ChannelProperties.Ping ping) throws IOException {
        TcpEnds processors = ends(ping, Map.of());
        TcpProxy proxy = new TcpProxy(() -> processors.address("0"));
        return new Line(processors, ends(ping, Map.of("tcp.processors", proxy.address())), proxy);
    }

    private TcpEnds ends(ChannelProperties.Ping ping, Map<String, String> more) {
        return tls ? TcpEnds.tls(directory, ping, more) : TcpEnds.plain(directory, ping, more);
    }

    @Test
    void aHalfOpenPeerIsNoticedAtBothEnds() throws Exception {
        try (Line line = line(Pings.impatient())) {
            BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
            line.processors().receiver("0", 1).start(received::add);
            Dispatcher dispatcher = line.edges().dispatcher();
            Waiting.until(() -> dispatcher.credit() == 1);
            Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
            ReceivedJob job = Waiting.next(received);

            line.proxy().freeze();

            assertThat(sent.failure(JobReturned.class).reason()).isEqualTo(Reason.PROCESSOR_LOST);
            Waiting.until(job::isCancelled);
        }
    }

    @Test
    void aCutInTheMiddleOfAFrameLosesAndRepeatsNothing() throws Exception {
        Map<Attempt, Integer> runs = new ConcurrentHashMap<>();
        try (Line line = line(Pings.patient());
                ExecutorService workers = Executors.newFixedThreadPool(2);
                ExecutorService callers = Executors.newFixedThreadPool(4)) {
            line.proxy().cut(cuts());
            line.processors().receiver("0", 8).start(job -> workers.execute(() -> run(job, runs)));
            Dispatcher dispatcher = line.edges().dispatcher();
            List<Future<List<Attempt>>> answered =
                    Stream.generate(() ->
                                    callers.submit(
                                            () -> sendUntilAllIsCut(dispatcher, line.proxy())))
                            .limit(4)
                            .toList();

            for (Future<List<Attempt>> attempts : answered) {
                assertThat(runs).containsKeys(attempts.get().toArray(Attempt[]::new));
            }
            assertThat(runs.values()).allMatch(count -> count == 1);
        }
    }

    /** What was answered: every job that was sent, each by one attempt. */
    private List<Attempt> sendUntilAllIsCut(Dispatcher dispatcher, TcpProxy proxy)
            throws Exception {
        List<Attempt> answered = new ArrayList<>();
        for (int after = 0; after < 20; after += proxy.hasCutAll() ? 1 : 0) {
            answered.add(sendUntilAnswered(dispatcher, Jobs.any()));
        }
        return answered;
    }

    private static Attempt sendUntilAnswered(Dispatcher dispatcher, Job job) throws Exception {
        try {
            Waiting.until(() -> dispatcher.credit() > 0);
            Sent.over(dispatcher.dispatch(job)).outcome();
            return Attempt.of(job);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof JobReturned returned)) {
                throw e;
            }
            boolean sent = returned.reason() != Reason.NO_CREDIT;
            return sendUntilAnswered(dispatcher, sent ? Jobs.nextAttempt(job) : job);
        }
    }

    /** Within a length, a message, an answer; with TLS within the handshake, and behind it. */
    private TcpProxy.Cut[] cuts() {
        IntStream positions =
                tls
                        ? IntStream.of(700, 2001, 2007, 2333, 3500, 5001)
                        : IntStream.of(1, 7, 333, 700, 1500, 3001);
        return positions
                .boxed()
                .flatMap(after ->
                        Stream.of(new TcpProxy.Cut(true, after), new TcpProxy.Cut(false, after)))
                .toArray(TcpProxy.Cut[]::new);
    }

    private static void run(ReceivedJob job, Map<Attempt, Integer> runs) {
        runs.merge(Attempt.of(job.job()), 1, Integer::sum);
        job.complete(Jobs.clean());
    }
}
