package io.sluice.channel.frame;

import io.sluice.model.wire.Frame;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts for one connection, or one run of a peer behind a broker: for its transport from the first
 * byte on, and for its peer once that has said who it is. The peer is set and taken on the event
 * loop; any thread may count.
 */
public final class ConnectionMeter {
    private final ChannelMetrics metrics;
    private final Mirror mirror;
    private volatile @Nullable PeerMetrics peer;
    private volatile String name = "?";
    private IntSupplier credit = () -> 0;

    public ConnectionMeter(ChannelMetrics metrics, Mirror mirror) {
        this.metrics = metrics;
        this.mirror = mirror;
    }

    /** What counts for every connection of this end. */
    ChannelMetrics metrics() {
        return metrics;
    }

    /** The peer said who it is. */
    public void join(String identity, IntSupplier ofPeer) {
        name = identity;
        credit = ofPeer;
        peer = metrics.join(identity, ofPeer);
    }

    /** The connection has ended. */
    public void leave() {
        if (peer != null) {
            peer = null;
            metrics.leave(name, credit);
        }
    }

    void reconnected() {
        metrics.reconnected();
        PeerMetrics known = peer;
        if (known != null) {
            known.reconnected();
        }
    }

    /** A whole frame came in so many bytes. */
    public void read(Frame frame, int bytes) {
        metrics.read(bytes);
        PeerMetrics known = peer;
        if (known != null) {
            known.read(bytes);
        }
        mirror.show(name, Mirror.Direction.IN, frame);
    }

    /** A whole frame was written in so many bytes. */
    public void written(Frame frame, int bytes) {
        metrics.written(bytes);
        PeerMetrics known = peer;
        if (known != null) {
            known.written(bytes);
        }
        mirror.show(name, Mirror.Direction.OUT, frame);
    }

    /** A job goes out on this connection. */
    public JobMeter begin() {
        return new JobMeter(metrics, peer);
    }

    /** This peer took a job that went out to nobody in particular. */
    public void take(JobMeter job) {
        job.takenBy(peer);
    }
}
