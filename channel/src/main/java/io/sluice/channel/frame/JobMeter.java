package io.sluice.channel.frame;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts for one job that is out. Owned by whatever sends it. */
public final class JobMeter {
    private final ChannelMetrics metrics;
    private @Nullable PeerMetrics peer;
    private final long began = System.nanoTime();

    JobMeter(ChannelMetrics metrics, @Nullable PeerMetrics peer) {
        this.metrics = metrics;
        metrics.sent();
        takenBy(peer);
    }

    /** It is, from now on, in the hands of that peer, and was in nobody's before. */
    void takenBy(@Nullable PeerMetrics taker) {
        peer = taker;
        if (taker != null) {
            taker.outstanding().incrementAndGet();
        }
    }

    /** When it was sent, by {@link System#nanoTime}. */
    long began() {
        return began;
    }

    /** It has ended, or come back. */
    public void end(String outcome) {
        long nanos = System.nanoTime() - began;
        metrics.ended(outcome, nanos);
        if (peer != null) {
            peer.outstanding().decrementAndGet();
            peer.roundTrip().record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
