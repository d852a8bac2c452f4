package io.sluice.edge.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The only threads that write and sync uploads: platform threads, as an fsync pins a virtual one,
 * and a bounded number of both threads and waiting work, so that a slow disk slows clients down
 * instead of filling the memory.
 */
public final class DiskExecutor implements AutoCloseable {
    private final ThreadPoolExecutor threads;

    public DiskExecutor(DiskProperties properties, MeterRegistry meters) {
        threads =
                new ThreadPoolExecutor(
                        properties.threads(),
                        properties.threads(),
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(properties.maxWaiting()),
                        Thread.ofPlatform().name("disk-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        ExecutorServiceMetrics.monitor(meters, threads, "disk");
    }

    /**
     * Runs the work on a disk thread.
     *
     * @return its result, completed on the disk thread: continue elsewhere with what is long
     * @throws RejectedExecutionException if too much work waits
     */
    public <T> CompletableFuture<T> submit(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Finishes what was submitted. */
    @Override
    public void close() {
        threads.close();
    }
}
