package io.sluice.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.sluice.edge.http.connection.Connections;
import io.sluice.edge.http.connection.Patience;
import io.sluice.edge.http.limit.TrustedProxies;
import io.sluice.edge.http.loop.EdgeLoops;
import io.sluice.edge.http.meter.EdgeMeters;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.server.HttpServer;

/** The server: its event loops, and what it does to a connection. Its port is a service default. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    /** Large reads make few system calls; what a connection really gets adapts below this. */
    private static final int LARGEST_READ = 256 * 1024;

    private static final int USUAL_READ = 16 * 1024;
    private static final int SMALLEST_READ = 1024;

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
                properties.limits().connections(),
                properties.limits().connectionsPerAddress(),
                proxies,
                edgeMeters::refused,
                meters);
    }

    @Bean
    NettyServerCustomizer edgeServer(EdgeProperties properties, Connections connections) {
        return server ->
                limited(server, properties)
                        .childOption(ChannelOption.ALLOCATOR, BUFFERS)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(
                                        SMALLEST_READ, USUAL_READ, LARGEST_READ))
                        .doOnChannelInit((_, channel, _) -> connections.guard(channel));
    }

    /** A body's bytes come as they were read, not cut into 8 KiB. */
    @SuppressWarnings("deprecation") // Deprecated for Netty 5, which has no such limit.
    private static HttpServer limited(HttpServer server, EdgeProperties properties) {
        int headerSize = (int) properties.limits().headerSize().bytes();
        return server.httpRequestDecoder(decoder ->
                decoder.maxInitialLineLength(headerSize)
                        .maxHeaderSize(headerSize)
                        .maxChunkSize(LARGEST_READ));
    }
}
