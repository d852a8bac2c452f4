package io.sluice.processor.render;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.model.wire.RenderRequest;
import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The supervisor of the image workers: keeps as many ready as configured and gives each one picture
 * at a time. Thread-safe. It starts before the channel takes jobs and stops after the last one is
 * answered.
 */
final class ImageWorkers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ImageWorkers.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    /** One that is being started is ready, and ended, within this time; else it ends with us. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final Limits limits;
    private final WorkerProgram program;
    private final MeterRegistry meters;
    private final IdleWorkers idle = new IdleWorkers();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("image-worker-timer").daemon().factory());
    private final List<Thread> places = new ArrayList<>();
    private volatile boolean running;

    /**
     * What the supervisor holds its workers to.
     *
     * @param workers child processes
     * @param renders pictures that one worker makes
     * @param patience for which a job waits for a free worker
     * @param timeout of one picture's renditions
     */
    record Limits(int workers, int renders, Duration patience, Duration timeout) {}

    ImageWorkers(Limits limits, WorkerProgram program, MeterRegistry meters) {
        this.limits = limits;
        this.program = program;
        this.meters = meters;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Starts all, and waits for the first: a processor that can't render shall not seem ready. */
    @Override
    public void start() {
        running = true;
        for (int number = 1; number <= limits.workers(); number++) {
            WorkerPlace place = new WorkerPlace(this::launch, idle, meters, stopping);
            places.add(Thread.ofPlatform().name("image-worker-" + number).daemon().start(place));
        }
        meters.gauge("sluice.image.workers.ready", idle, IdleWorkers::ready);
        meters.gauge("sluice.image.workers.busy", idle, IdleWorkers::busy);
        awaitFirst();
    }

    private void awaitFirst() {
        InstantSource clock = InstantSource.system();
        try (Lease startUp =
                new Lease(clock.instant().plus(START_TIMEOUT.multipliedBy(2)), clock)) {
            idle.engine(startUp, START_TIMEOUT)
                    .ifPresentOrElse(
                            engine ->
                                    log.info(
                                            "{} image workers with {}",
                                            limits.workers(),
                                            engine.name()),
                            () ->
                                    log.error(
                                            "no image worker is ready after {}: pictures wait",
                                            START_TIMEOUT));
        } catch (IOException e) {
            throw new UncheckedIOException("a lease that nobody revokes can't end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ImageWorker launch() throws IOException {
        Process process = program.start();
        try {
            return new ImageWorker(process, timer, START_TIMEOUT);
        } catch (RejectedExecutionException e) {
            process.destroyForcibly();
            throw new IOException("the processor stops", e);
        }
    }

    /** What the workers can do; empty if none was ready in time. */
    Optional<Engine> engine(Lease lease) throws LeaseOver, InterruptedException {
        return idle.engine(lease, limits.patience());
    }

    /** Has the first free worker make the renditions of one original. */
    Answer render(RenderRequest request, Lease lease) throws LeaseOver, InterruptedException {
        Optional<ImageWorker> free = idle.take(lease, limits.patience());
        if (free.isEmpty()) {
            return new Answer.Busy("no image worker was free within " + limits.patience());
        }
        ImageWorker worker = free.get();
        try {
            return worker.render(request, lease, limits.timeout());
        } finally {
            if (worker.renders() >= limits.renders()) {
                worker.kill(EndReason.RECYCLED);
            }
            if (worker.isUsable()) {
                idle.giveBack(worker);
            }
        }
    }

    /** How many are ready, busy or not. */
    int ready() {
        return idle.ready();
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        idle.close();
        try {
            for (Thread place : places) {
                place.join(STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Below the channel's adapter: up before it, down after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
