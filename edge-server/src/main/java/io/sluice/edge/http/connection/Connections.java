package io.sluice.edge.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.netty.NettyPipeline;

/**
 * All connections of the edge: how many there are, how many there may be, and why they were ended.
 */
public final class Connections {
    private final Patience patience;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);

    /**
     * Guards the connections of one server.
     *
     * @param most connections open at once
     */
    public Connections(Patience patience, int most, MeterRegistry meters) {
        this.patience = patience;
        this.most = most;
        Gauge.builder("sluice.edge.connections", open, AtomicInteger::get).register(meters);
        for (EndReason reason : EndReason.values()) {
            ended.put(
                    reason,
                    Counter.builder("sluice.edge.connections.ended")
                            .description(
                                    "Connections that the edge ended against the client's wish")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    /** Adds the guards to a new connection whose HTTP handlers are in place. */
    public void guard(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        ConnectionGuard guard = new ConnectionGuard(this, patience);
        pipeline.addAfter(
                NettyPipeline.HttpCodec, "sluice.malformed", new MalformedRequests(guard));
        pipeline.addAfter(NettyPipeline.HttpTrafficHandler, "sluice.guard", guard);
        pipeline.addAfter("sluice.guard", "sluice.trailers", new Trailers());
    }

    boolean enter() {
        return open.incrementAndGet() <= most;
    }

    void leave() {
        open.decrementAndGet();
    }

    void countEnd(EndReason reason) {
        Counter counter = ended.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
