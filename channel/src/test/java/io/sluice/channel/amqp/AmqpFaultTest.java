package io.sluice.channel.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is away costs nothing but time. */
@Timeout(240)
class AmqpFaultTest {
    private static final int JOBS = 200;
    private static final Duration RECOVERY = Duration.ofSeconds(150);

    @TempDir Path directory;
    private final BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
    private RabbitBroker broker;
    private AmqpEnds ends;

    @BeforeEach
    void prepare() throws IOException {
        RabbitBroker.assumeInstalled();
        broker = new RabbitBroker(directory.resolve("rabbit"));
        ends = new AmqpEnds(broker, Pings.patient());
    }

    @AfterEach
    void end() throws IOException {
        ends.close();
        broker.end();
    }

    @Test
    void aBrokerThatIsDownAtTheStartIsWaitedFor() throws Exception {
        Dispatcher dispatcher = ends.dispatcher();
        ends.receiver("0", 2).start(received::add);
        assertThat(dispatcher.credit()).isZero();
        assertThat(Sent.over(dispatcher.dispatch(Jobs.any())).failure(JobReturned.class).reason())
                .isEqualTo(JobReturned.Reason.NO_CREDIT);

        broker.start();
        Waiting.until(() -> dispatcher.credit() == 2);
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
        Waiting.next(received).complete(Jobs.clean());
        assertThat(sent.outcome()).isEqualTo(Jobs.clean());
    }

    @Test
    void aBrokerThatIsKilledWithJobsOutHasEachOfThemAnsweredOnce() throws Exception {
        broker.start();
        Dispatcher dispatcher = ends.dispatcher();
        ends.receiver("0", JOBS / 2).start(received::add);
        ends.receiver("1", JOBS / 2).start(received::add);
        Waiting.until(() -> dispatcher.credit() == JOBS);
        Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
        for (int i = 0; i < JOBS; i++) {
            dispatch(dispatcher, Jobs.patient(), effects);
        }
        Waiting.next(received).complete(Jobs.clean());

        broker.kill();
        Waiting.until(() -> dispatcher.credit() == 0);
        answer(Math.min(JOBS / 4, received.size()));
        broker.start();
        await().atMost(RECOVERY)
                .until(() -> {
                    answer(received.size());
                    return effects.size() == JOBS;
                });
        Waiting.until(() -> dispatcher.credit() == JOBS);
        assertThat(effects.values()).allMatch(count -> count.get() == 1);
    }

    private void answer(int jobs) throws InterruptedException {
        for (int i = 0; i < jobs; i++) {
            Waiting.next(received).complete(Jobs.clean());
        }
    }

    /** As an edge does it: what comes back goes out again, as the next attempt. */
    private static void dispatch(
            Dispatcher dispatcher, Job job, Map<String, AtomicInteger> effects) {
        var _ =
                dispatcher
                        .dispatch(job)
                        .subscribe(
                                _ ->
                                        effects.computeIfAbsent(
                                                        job.id().toString(),
                                                        _ -> new AtomicInteger())
                                                .incrementAndGet(),
                                _ ->
                                        Thread.ofVirtual()
                                                .start(() -> again(dispatcher, job, effects)));
    }

    private static void again(Dispatcher dispatcher, Job job, Map<String, AtomicInteger> effects) {
        await().atMost(RECOVERY).until(() -> dispatcher.credit() > 0);
        dispatch(dispatcher, Jobs.nextAttempt(job), effects);
    }

    @Test
    void aJobWhoseConnectionBreaksIsAnsweredByTheProcessorThatHasIt() throws Exception {
        broker.start();
        Dispatcher dispatcher = ends.dispatcher();
        ends.receiver("0", 2).start(received::add);
        Waiting.until(() -> dispatcher.credit() == 2);
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.patient()));
        ReceivedJob job = Waiting.next(received);

        broker.control("close_all_connections", "by the test");
        job.complete(Jobs.clean());
        assertThat(sent.outcome()).isEqualTo(Jobs.clean());
        Waiting.until(() -> dispatcher.credit() == 2);
        assertThat(received).isEmpty();
    }

    @Test
    void aJobOfAProcessorThatIsNeverHeardOfAgainComesBack() throws Exception {
        broker.start();
        AmqpEnds impatient = new AmqpEnds(broker, Pings.impatient());
        try (impatient) {
            Dispatcher dispatcher = impatient.dispatcher();
            try (ForeignProcessor foreign = new ForeignProcessor(broker, impatient.topology())) {
                foreign.announce(1);
                Waiting.until(() -> dispatcher.credit() == 1);
                Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
                foreign.accept(foreign.take());
                foreign.vanish();

                impatient.receiver("next", 1).start(received::add);
                assertThat(sent.failure(JobReturned.class).reason())
                        .isEqualTo(JobReturned.Reason.PROCESSOR_LOST);
                Waiting.until(() -> dispatcher.credit() == 1);
                assertThat(received).isEmpty();
                Sent again = Sent.over(dispatcher.dispatch(Jobs.any()));
                Waiting.next(received).complete(Jobs.clean());
                assertThat(again.outcome()).isInstanceOf(JobOutcome.Rendered.class);
            }
        }
    }
}
