package io.sluice.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that is done again and again, each on a thread of its own, until it is closed or fails. */
final class Background implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> all = new ArrayList<>();
    private volatile boolean isOver;

    /** Begins one more. */
    void repeat(Callable<?> work) {
        all.add(
                threads.submit(() -> {
                    while (!isOver) {
                        work.call();
                    }
                    return null;
                }));
    }

    /** Whether something has failed. */
    boolean hasFailed() {
        return all.stream().anyMatch(Future::isDone);
    }

    /** Ends all, and throws what one of them has thrown. */
    void end() throws InterruptedException, ExecutionException {
        isOver = true;
        for (Future<?> each : all) {
            each.get();
        }
    }

    @Override
    public void close() {
        isOver = true;
        threads.close();
    }
}
