package io.sluice.channel.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.Dispatcher;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One end is killed while both write all the time: what was on the way comes back, once. */
@Timeout(120)
class KilledPeerTest {
    private static final int BEFORE_THE_KILL = 300;

    @TempDir Path directory;
    private ShmEnds ends;
    private final List<Process> children = new ArrayList<>();

    @BeforeEach
    void open() {
        ends = new ShmEnds(directory, Pings.patient());
    }

    @AfterEach
    void close() throws IOException {
        children.forEach(Process::destroyForcibly);
        ends.close();
    }

    private Process start(String role) throws IOException {
        Process child = ShmChild.start(role, directory);
        children.add(child);
        return child;
    }

    @Test
    void aProcessorsJobsAreReturnedAndItsSuccessorIsFound() throws Exception {
        Dispatcher dispatcher = ends.dispatcher();
        Process child = start("processor");
        Waiting.until(() -> dispatcher.credit() == 16);
        CountDownLatch answered = new CountDownLatch(BEFORE_THE_KILL);
        List<Sent> sent = new ArrayList<>();
        while (dispatcher.processors() > 0) {
            if (dispatcher.credit() > 0) {
                sent.add(
                        Sent.over(
                                dispatcher
                                        .dispatch(Jobs.any())
                                        .doOnNext(_ -> answered.countDown())));
            }
            if (answered.getCount() == 0) {
                child.destroyForcibly();
            }
        }

        for (Sent job : sent) {
            assertThat(job.future())
                    .satisfiesAnyOf(
                            end -> assertThat(end).succeedsWithin(Waiting.LIMIT),
                            end -> assertThat(end).failsWithin(Waiting.LIMIT));
        }
        start("processor");
        Waiting.until(() -> dispatcher.credit() == 16);
        assertThat(Sent.over(dispatcher.dispatch(Jobs.any())).outcome())
                .isInstanceOf(JobOutcome.Failed.class);
        assertThat(files()).containsExactly(ends.socket("child"));
    }

    @Test
    void anEdgesJobsAreCancelledAndItsSlotsAreFree() throws Exception {
        AtomicReference<@Nullable ReceivedJob> held = new AtomicReference<>();
        CountDownLatch received = new CountDownLatch(BEFORE_THE_KILL);
        ends.receiver("0", 16)
                .start(job -> {
                    received.countDown();
                    if (!held.compareAndSet(null, job)) {
                        job.complete(Jobs.large(20_000));
                    }
                });
        Process child = start("edge");
        assertThat(received.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        child.destroyForcibly();

        ReceivedJob job = Objects.requireNonNull(held.get());
        Waiting.until(job::isCancelled);
        job.complete(Jobs.clean());
        Dispatcher next = ends.dispatcher();
        Waiting.until(() -> next.credit() == 16);
        assertThat(files()).containsExactly(ends.socket("0"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
