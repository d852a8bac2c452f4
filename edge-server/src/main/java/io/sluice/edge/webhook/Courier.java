package io.sluice.edge.webhook;

import java.util.concurrent.CompletableFuture;

/** The way out: sends one message, once. */
@FunctionalInterface
public interface Courier {

    /**
     * Sends without waiting.
     *
     * @return completes in bounded time, whatever the endpoint does; never fails
     */
    CompletableFuture<Reply> send(Message message);
}
