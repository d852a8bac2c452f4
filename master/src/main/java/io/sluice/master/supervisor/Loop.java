package io.sluice.master.supervisor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One thread that runs tasks one after another. A task that throws is a bug: the thread's uncaught
 * exception handler prints it, and the next task runs.
 */
final class Loop {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("supervisor").factory());

    void run(Runnable task) {
        thread.execute(task);
    }

    void after(Duration wait, Runnable task) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, thread)
                .execute(task);
    }

    <T> CompletableFuture<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, thread);
    }

    /** Runs a task with what a future that can't fail brings. */
    <T> void when(CompletableFuture<T> future, Consumer<T> task) {
        var _ = future.thenAccept(value -> thread.execute(() -> task.accept(value)));
    }
}
