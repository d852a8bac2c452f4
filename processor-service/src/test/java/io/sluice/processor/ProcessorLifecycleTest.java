package io.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.model.JobOutcome;
import io.sluice.processor.scan.FakeClamd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/**
 * Starts and stops of the whole processor. Apart from its other tests: when a context closes, the
 * web server of any other in the same JVM loses its event loops.
 */
@Timeout(120)
class ProcessorLifecycleTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path other;

    @Test
    void finishesWhatIsInHandWhenItIsToldToStop() throws Exception {
        CountDownLatch scanning = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Path socket = other.resolve("clamd.ctl");
        try (FakeClamd _ =
                        new FakeClamd(
                                socket,
                                (command, client) -> {
                                    scanning.countDown();
                                    awaitQuietly(goOn);
                                    FakeClamd.send(client, command.substring(6) + ": Evil FOUND\0");
                                    return true;
                                });
                RunningProcessor stopping =
                        new RunningProcessor(
                                other.resolve("data"),
                                Map.of("sluice.scan.clamd.address", "unix:" + socket))) {
            CompletableFuture<JobOutcome> outcome = stopping.send(stopping.jobs().of("camera.jpg"));
            scanning.await();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::stop);
            await().atMost(LONG).until(() -> stopping.credit() == 0);
            assertThat(stopped).isNotDone();
            goOn.countDown();
            assertThat(outcome.get(1, TimeUnit.MINUTES)).isInstanceOf(JobOutcome.Infected.class);
            stopped.get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void stopsWorkingOnWhatTheEdgeNoLongerWants() throws Exception {
        CountDownLatch scanning = new CountDownLatch(1);
        Path socket = other.resolve("clamd.ctl");
        try (FakeClamd _ =
                        new FakeClamd(
                                socket,
                                (_, _) -> {
                                    scanning.countDown();
                                    return false;
                                });
                RunningProcessor running =
                        new RunningProcessor(
                                other.resolve("data"),
                                Map.of(
                                        "sluice.scan.clamd.address",
                                        "unix:" + socket,
                                        "sluice.processor.slots",
                                        "1"))) {
            Disposable job = running.sendCancellable(running.jobs().of("camera.jpg"));
            scanning.await();
            assertThat(running.credit()).isZero();
            job.dispose();
            await().atMost(LONG).until(() -> running.credit() == 1);
        }
    }

    @Test
    void refusesToStartWithoutTheWorkersJar() {
        assertThatThrownBy(() ->
                        new RunningProcessor(
                                other, Map.of("sluice.processor.worker-jar", other + "/none")))
                .rootCause()
                .hasMessageStartingWith("sluice.processor.worker-jar = " + other + "/none: ");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
