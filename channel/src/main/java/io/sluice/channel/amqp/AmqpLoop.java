package io.sluice.channel.amqp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns all of an end's state. What it is given does not wait for a broker. */
final class AmqpLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AmqpLoop.class);
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final ScheduledThreadPoolExecutor thread;

    AmqpLoop(String name) {
        thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name(name).daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Runs the task, soon; or never, if this is closed. */
    void run(Runnable task) {
        var _ = after(Duration.ZERO, task);
    }

    /** Runs the task after a while, unless it is cancelled or this is closed. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the loop has ended", e);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs the task again and again. */
    void every(Duration interval, Runnable task) {
        var _ =
                thread.scheduleWithFixedDelay(
                        guarded(task),
                        interval.toNanos(),
                        interval.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("a bug in this end of the channel", e);
            }
        };
    }

    /** Waits until everything that was given to run before has run. */
    void settle() {
        CountDownLatch reached = new CountDownLatch(1);
        run(reached::countDown);
        try {
            if (!reached.await(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                log.warn("the loop is stuck");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends; what was not begun never is. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
