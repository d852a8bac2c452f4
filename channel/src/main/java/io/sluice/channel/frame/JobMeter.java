package io.sluice.channel.frame;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts for one job that is out. */
final class JobMeter {
    private final ChannelMetrics metrics;
    private final @Nullable PeerMetrics peer;
    private final long began = System.nanoTime();

    JobMeter(ChannelMetrics metrics, @Nullable PeerMetrics peer) {
        this.metrics = metrics;
        this.peer = peer;
        metrics.sent();
        if (peer != null) {
            peer.outstanding().incrementAndGet();
        }
    }

    /** When it was sent, by {@link System#nanoTime}. */
    long began() {
        return began;
    }

    /** It has ended, or come back. */
    void end(String outcome) {
        long nanos = System.nanoTime() - began;
        metrics.ended(outcome, nanos);
        if (peer != null) {
            peer.outstanding().decrementAndGet();
            peer.roundTrip().record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
