package io.sluice.processor.render;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one image worker alive on a thread of its own: starts one, waits for its end, starts the
 * next, after a pause that doubles while they fail.
 */
final class WorkerPlace implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(WorkerPlace.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 7;
    private static final int NONE = -1;

    private final WorkerLauncher launcher;
    private final IdleWorkers idle;
    private final MeterRegistry meters;
    private final CountDownLatch stopping;
    private int failures;

    WorkerPlace(
            WorkerLauncher launcher,
            IdleWorkers idle,
            MeterRegistry meters,
            CountDownLatch stopping) {
        this.launcher = launcher;
        this.idle = idle;
        this.meters = meters;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            while (stopping.getCount() > 0) {
                EndReason reason = liveOnce();
                if (stopping.getCount() > 0) {
                    meters.counter("sluice.image.worker.restarts", "reason", reason.word())
                            .increment();
                    pauseAfter(reason);
                }
            }
        } catch (InterruptedException e) {
            // The processor stops.
            Thread.currentThread().interrupt();
        }
    }

    private EndReason liveOnce() throws InterruptedException {
        try (ImageWorker worker = launcher.launch()) {
            idle.join(worker);
            try {
                EndReason reason = worker.awaitEnd();
                log.info("image worker {} ended: {}", worker.pid(), reason.word());
                // A picture that kills a worker shall not keep the next ones waiting.
                failures = worker.renders() > 0 ? NONE : Math.max(failures, 0);
                return reason;
            } finally {
                idle.leave(worker);
            }
        } catch (IOException e) {
            log.warn("an image worker did not get ready: {}", e.getMessage());
            return EndReason.START;
        }
    }

    private void pauseAfter(EndReason reason) throws InterruptedException {
        if (!reason.isFailure() || failures == NONE) {
            failures = 0;
            return;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
