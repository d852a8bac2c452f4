package io.sluice.edge.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.sluice.edge.http.limit.ClientAddress;
import io.sluice.edge.http.limit.Occupancy;
import io.sluice.edge.http.limit.TrustedProxies;
import io.sluice.edge.http.problem.Problem;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.List;
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
    private static final List<String> HTTP_1 =
            List.of(
                    "sluice.framing",
                    "sluice.malformed",
                    "sluice.upgrade",
                    "sluice.guard",
                    "sluice.trailers");

    private final Patience patience;
    private final int http2Window;
    private final int most;
    private final Occupancy addresses;
    private final TrustedProxies proxies;
    private final Consumer<Problem> refused;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);

    /**
     * Guards the connections of one server.
     *
     * @param http2Window bytes that an HTTP/2 client may send ahead on all its streams together
     * @param most connections open at once
     * @param mostOfAddress of one address, 0 for no limit; the proxies have none
     * @param refused is told each problem that is answered to what is no request
     */
    public Connections(
            Patience patience,
            int http2Window,
            int most,
            int mostOfAddress,
            TrustedProxies proxies,
            Consumer<Problem> refused,
            MeterRegistry meters) {
        this.patience = patience;
        this.http2Window = http2Window;
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

    /** Adds the guards to a new connection whose first handlers are in place. */
    public void guard(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addFirst("sluice.seat", new ConnectionSeat(this, patience.linger()));
        if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
            pipeline.addBefore(
                    NettyPipeline.H2OrHttp11Codec, "sluice.negotiation", new Negotiation(this));
        } else {
            guardHttp1(pipeline);
        }
    }

    /** The same once TLS knows what is spoken. */
    void guardNegotiated(Channel channel) {
        if (channel.pipeline().get(NettyPipeline.H2MultiplexHandler) == null) {
            guardHttp1(channel.pipeline());
        } else {
            guardHttp2(channel.pipeline());
        }
    }

    private void guardHttp1(ChannelPipeline pipeline) {
        ConnectionGuard guard = new ConnectionGuard(this, patience);
        StrictFraming framing = new StrictFraming();
        String codec = pipeline.context(HttpServerCodec.class).name();
        pipeline.addBefore(codec, "sluice.framing", framing);
        pipeline.addAfter(
                codec, "sluice.malformed", new MalformedRequests(guard, framing, refused));
        if (pipeline.get(HttpServerUpgradeHandler.class) != null) {
            pipeline.addAfter("sluice.malformed", "sluice.upgrade", new FirstUpgrade(this));
        }
        pipeline.addAfter(NettyPipeline.HttpTrafficHandler, "sluice.guard", guard);
        pipeline.addAfter("sluice.guard", "sluice.trailers", new Trailers());
    }

    private Http2Guard guardHttp2(ChannelPipeline pipeline) {
        Http2Guard known = pipeline.get(Http2Guard.class);
        if (known != null) {
            return known;
        }
        HTTP_1.stream()
                .filter(name -> pipeline.get(name) != null)
                .forEach(name -> pipeline.remove(name));
        Http2Guard guard =
                new Http2Guard(this, patience, pipeline.get(Http2FrameCodec.class), http2Window);
        pipeline.addBefore(NettyPipeline.H2MultiplexHandler, "sluice.http2", guard);
        return guard;
    }

    /**
     * Adds the guards to a new stream whose handlers are in place. With its first stream a
     * connection that began in HTTP/1.1 changes its own.
     */
    public void guard(Http2StreamChannel stream) {
        Http2Guard connection = guardHttp2(stream.parent().pipeline());
        ChannelPipeline pipeline = stream.pipeline();
        pipeline.addAfter(
                NettyPipeline.H2ToHttp11Codec, "sluice.malformed", new StreamRequests(refused));
        pipeline.addAfter(
                NettyPipeline.HttpTrafficHandler,
                "sluice.guard",
                new StreamGuard(this, patience, connection, stream));
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
