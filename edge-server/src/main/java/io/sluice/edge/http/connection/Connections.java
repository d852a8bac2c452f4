package io.sluice.edge.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.sluice.edge.http.limit.ClientAddress;
import io.sluice.edge.http.limit.Occupancy;
import io.sluice.edge.http.limit.TrustedProxies;
import io.sluice.edge.http.problem.Problem;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * All connections of the edge: how many there are, how many there may be, and why they were ended.
 */
public final class Connections {
    private final Patience patience;
    private final int most;
    private final Occupancy addresses;
    private final TrustedProxies proxies;
    private final Consumer<Problem> refused;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);

    /**
     * Guards the connections of one server.
     *
     * @param most connections open at once
     * @param mostOfAddress of one address, 0 for no limit; the proxies have none
     * @param refused is told each problem that is answered to what is no request
     */
    public Connections(
            Patience patience,
            int most,
            int mostOfAddress,
            TrustedProxies proxies,
            Consumer<Problem> refused,
            MeterRegistry meters) {
        this.patience = patience;
        this.most = most;
        this.addresses = new Occupancy(mostOfAddress);
        this.proxies = proxies;
        this.refused = refused;
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
        StrictFraming framing = new StrictFraming();
        pipeline.addBefore(NettyPipeline.HttpCodec, "sluice.framing", framing);
        pipeline.addAfter(
                NettyPipeline.HttpCodec,
                "sluice.malformed",
                new MalformedRequests(guard, framing, refused));
        pipeline.addAfter(NettyPipeline.HttpTrafficHandler, "sluice.guard", guard);
        pipeline.addAfter("sluice.guard", "sluice.trailers", new Trailers());
    }

    /** Counts a connection, also one that is too many. */
    Seat enter(@Nullable SocketAddress peer) {
        boolean isOneTooMany = open.incrementAndGet() > most;
        if (isOneTooMany
                || !(peer instanceof InetSocketAddress socket)
                || proxies.contains(socket.getAddress())) {
            return new Seat(isOneTooMany ? EndReason.TOO_MANY : null, open::decrementAndGet);
        }
        String site = new ClientAddress(socket.getAddress()).site();
        if (!addresses.enter(site)) {
            return new Seat(EndReason.TOO_MANY_OF_ADDRESS, open::decrementAndGet);
        }
        return new Seat(
                null,
                () -> {
                    open.decrementAndGet();
                    addresses.leave(site);
                });
    }

    void countEnd(EndReason reason) {
        Counter counter = ended.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
