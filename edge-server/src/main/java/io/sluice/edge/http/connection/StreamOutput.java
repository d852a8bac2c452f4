package io.sluice.edge.http.connection;

import io.netty.util.concurrent.Future;

/**
 * Tells whether the client takes what is sent to it on one stream: a piece of it has gone, or the
 * client has made room for more. Confined to the connection's event loop.
 */
final class StreamOutput {
    private int waiting;
    private long progress;
    private long lastProgress;
    private long since;

    /** Something has been given to the stream, and this is its end. */
    void sent(Future<?> written) {
        if (!written.isDone()) {
            waiting++;
            written.addListener(_ -> {
                waiting--;
                progress++;
            });
        }
    }

    /** The client takes more. */
    void widened() {
        progress++;
    }

    /** Whether something has waited for the client for longer than that. */
    boolean isStalled(long now, long longestNanos) {
        if (waiting == 0 || progress != lastProgress) {
            lastProgress = progress;
            since = now;
            return false;
        }
        return now - since > longestNanos;
    }
}
