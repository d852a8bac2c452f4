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

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final Limits limits;
    private final WorkerProgram program;
    private final Probe probe;
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
     * @param resident bytes of memory beyond which one is replaced
     * @param patience for which a job waits for a free worker
     * @param timeout of one picture's renditions
     */
    record Limits(int workers, int renders, long resident, Duration patience, Duration timeout) {}

    ImageWorkers(Limits limits, WorkerProgram program, Probe probe, MeterRegistry meters) {
        this.limits = limits;
        this.program = program;
        this.probe = probe;
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
            return worker.render(bounded(request), lease, limits.timeout());
        } finally {
            if (worker.renders() >= limits.renders()) {
                worker.kill(EndReason.RECYCLED);
            } else if (worker.residentBytes() > limits.resident()) {
                worker.kill(EndReason.MEMORY);
            }
            if (worker.isUsable()) {
                idle.giveBack(worker);
            }
        }
    }

    /** The kernel steps in where a supervisor that hangs would not. */
    private RenderRequest bounded(RenderRequest request) {
        return request.toBuilder()
                .setCpuSeconds((int) limits.timeout().plusSeconds(1).multipliedBy(2).toSeconds())
                .build();
    }

    /** How many are ready, busy or not. */
    int ready() {
        return idle.ready();
    }

    /** How many of them make a picture now. */
    int busy() {
        return idle.busy();
    }

    /** What they can do; empty before one was ready. */
    Optional<Engine> engine() {
        return Optional.ofNullable(idle.engine());
    }

    /**
     * Has each that has nothing to do make a small picture.
     *
     * @return how many of them could not, and were killed
     */
    int findUnhealthy() throws IOException {
        InstantSource clock = InstantSource.system();
        int unhealthy = 0;
        for (ImageWorker worker : idle.idle()) {
            if (!idle.take(worker)) {
                continue;
            }
            try (Lease lease = new Lease(clock.instant().plus(PROBE_TIMEOUT), clock)) {
                if (!worker.proves(probe.request(worker.pid()), lease, PROBE_TIMEOUT)) {
                    unhealthy++;
                }
            } finally {
                if (worker.isUsable()) {
                    idle.giveBack(worker);
                }
            }
        }
        return unhealthy;
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
