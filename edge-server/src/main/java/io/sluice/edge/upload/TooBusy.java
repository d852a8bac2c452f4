package io.sluice.edge.upload;

import java.time.Duration;

/** A bounded queue is full: the client should come back later. */
public final class TooBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    public TooBusy(String message) {
        super(message, null, false, false);
    }

    /** When to come back. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
