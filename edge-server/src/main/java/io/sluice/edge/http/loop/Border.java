package io.sluice.edge.http.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The crossing from an event loop to code that may wait: each call gets a virtual thread of its
 * own. A connection has one request in work at a time, or one on each of its bounded streams, so
 * the bound on connections bounds the threads.
 */
public final class Border {
    private static final Scheduler FAR_SIDE =
            Schedulers.fromExecutor(
                    work -> Thread.ofVirtual().name("border").start(work), /* trampoline= */ false);

    private Border() {}

    /** Runs the call on the far side; what it throws is the Mono's error. */
    public static <T> Mono<T> cross(Callable<? extends T> call) {
        return Mono.<T>fromCallable(call).subscribeOn(FAR_SIDE);
    }

    /**
     * Begins on the far side what ends by itself. A client that goes away does not cancel it: what
     * was begun has to be finished.
     */
    public static <T> Mono<T> begin(Callable<? extends CompletableFuture<T>> call) {
        return Mono.<CompletionStage<T>>fromCallable(call)
                .subscribeOn(FAR_SIDE)
                .flatMap(stage -> Mono.fromFuture(stage.toCompletableFuture(), true));
    }

    /** Runs on the far side what nobody waits for. */
    public static void leave(Runnable work) {
        Thread.ofVirtual().name("border").start(work);
    }
}
