package io.sluice.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.sluice.edge.http.connection.Connections;
import io.sluice.edge.http.connection.Patience;
import io.sluice.edge.http.limit.TrustedProxies;
import io.sluice.edge.http.loop.EdgeLoops;
import io.sluice.edge.http.meter.EdgeMeters;
import io.sluice.edge.http.tls.EdgeTls;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** The server: its event loops, and what it does to a connection. Its port is a service default. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    /** Large reads make few system calls; what a connection really gets adapts below this. */
    private static final int LARGEST_READ = 256 * 1024;

    private static final int USUAL_READ = 16 * 1024;
    private static final int SMALLEST_READ = 1024;
    private static final int RESET_SECONDS = 30;

    /**
     * Netty's usual allocator makes every buffer of a large read anew, and the JDK clears it: that
     * costs more than to receive the bytes. This one keeps its memory.
     */
    private static final ByteBufAllocator BUFFERS = new PooledByteBufAllocator(true);

    @Bean(destroyMethod = "close")
    EdgeLoops edgeLoops(EdgeProperties properties, MeterRegistry meters) {
        EdgeLoops loops = new EdgeLoops(properties.workers());
        loops.publish(meters);
        return loops;
    }

    @Bean
    ReactorResourceFactory reactorResourceFactory(EdgeLoops loops) {
        ReactorResourceFactory factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        factory.setLoopResources(loops);
        return factory;
    }

    @Bean
    TrustedProxies trustedProxies(EdgeProperties properties) {
        return new TrustedProxies(properties.trustedProxies());
    }

    @Bean
    Connections connections(
            EdgeProperties properties,
            TrustedProxies proxies,
            EdgeMeters edgeMeters,
            MeterRegistry meters) {
        EdgeProperties.Timeouts timeouts = properties.timeouts();
        return new Connections(
                new Patience(
                        timeouts.header(),
                        timeouts.idle(),
                        timeouts.stall(),
                        timeouts.linger(),
                        properties.limits().minRate().bytes()),
                (int) properties.http2().connectionWindow().bytes(),
                properties.limits().connections(),
                properties.limits().connectionsPerAddress(),
                proxies,
                edgeMeters::refused,
                meters);
    }

    @Bean
    NettyServerCustomizer edgeServer(
            EdgeProperties properties, Connections connections, SslBundles bundles) {
        String bundle = properties.tls().bundle();
        EdgeTls tls =
                bundle == null ? null : EdgeTls.of(bundles, bundle, properties.timeouts().header());
        return server ->
                spoken(limited(server, properties), properties.http2(), tls)
                        .childOption(ChannelOption.ALLOCATOR, BUFFERS)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(
                                        SMALLEST_READ, USUAL_READ, LARGEST_READ))
                        .doOnChannelInit((_, channel, _) -> connections.guard(channel))
                        .childObserve((connection, state) -> {
                            if (state.equals(ConnectionObserver.State.CONNECTED)
                                    && connection.channel() instanceof Http2StreamChannel stream) {
                                connections.guard(stream);
                            }
                        });
    }

    private static HttpServer spoken(
            HttpServer server, EdgeProperties.Http2 http2, @Nullable EdgeTls tls) {
        if (tls != null) {
            return tls.secure(server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2));
        }
        return http2.cleartext() ? server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C) : server;
    }

    /** A body's bytes come as they were read, not cut into 8 KiB. */
    @SuppressWarnings("deprecation") // Deprecated for Netty 5, which has no such limit.
    private static HttpServer limited(HttpServer server, EdgeProperties properties) {
        EdgeProperties.Http2 http2 = properties.http2();
        int headerSize = (int) properties.limits().headerSize().bytes();
        return server.httpRequestDecoder(decoder ->
                        decoder.maxInitialLineLength(headerSize)
                                .maxHeaderSize(headerSize)
                                .maxChunkSize(LARGEST_READ))
                .http2Settings(settings ->
                        settings.maxConcurrentStreams(http2.streams())
                                .initialWindowSize((int) http2.streamWindow().bytes())
                                .maxHeaderListSize(headerSize)
                                .maxDecodedRstFramesPerWindow(http2.resets(), RESET_SECONDS)
                                .maxEncodedRstFramesPerWindow(http2.resets(), RESET_SECONDS));
    }
}
