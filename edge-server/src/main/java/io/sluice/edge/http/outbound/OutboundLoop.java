package io.sluice.edge.http.outbound;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.sluice.edge.network.AddressFilter;
import java.net.InetSocketAddress;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The event loop of connections that the edge opens, apart from those that serve clients: TLS
 * handshakes with strangers take none of their time. Names are looked up on it too, so that no
 * thread waits for a name server.
 */
public final class OutboundLoop implements AutoCloseable {
    private static final int THREADS = 1;
    private static final int HEADER = 16 * 1024;
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final LoopResources loops = LoopResources.create("outbound", THREADS, true);
    private final AddressResolverGroup<InetSocketAddress> names = names(loops);

    private static AddressResolverGroup<InetSocketAddress> names(LoopResources loops) {
        EventLoopGroup group = loops.onClient(true);
        return new DnsAddressResolverGroup(
                new DnsNameResolverBuilder()
                        .datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group))
                        .socketChannelFactory(() -> loops.onChannel(SocketChannel.class, group))
                        .queryTimeoutMillis(LOOK_UP.toMillis()));
    }

    /**
     * A client whose connections go to judged addresses only, each to be used once: it follows no
     * redirects, tries nothing twice, and uses no proxy.
     *
     * @param response how long an endpoint may be silent
     */
    public HttpClient client(AddressFilter filter, Duration connect, Duration response) {
        return client(names, filter, connect, response);
    }

    /** The same, with other names than the host's. */
    @SuppressWarnings("deprecation") // The decoder's limits are deprecated for Netty 5 only.
    HttpClient client(
            AddressResolverGroup<InetSocketAddress> resolvers,
            AddressFilter filter,
            Duration connect,
            Duration response) {
        return HttpClient.create(ConnectionProvider.newConnection())
                .runOn(loops)
                .resolver(new JudgedResolvers(resolvers, filter))
                .option(
                        io.netty.channel.ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) connect.toMillis())
                .responseTimeout(response)
                .httpResponseDecoder(
                        decoder -> decoder.maxInitialLineLength(HEADER).maxHeaderSize(HEADER))
                .headers(headers -> headers.set("User-Agent", "Sluice"))
                .followRedirect(false)
                .disableRetry(true);
    }

    @Override
    public void close() {
        names.close();
        loops.dispose();
    }
}
