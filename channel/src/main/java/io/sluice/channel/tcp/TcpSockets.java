package io.sluice.channel.tcp;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What both ends set on their connections, and how an address is written. */
final class TcpSockets {
    private TcpSockets() {}

    /**
     * Small frames go at once, and what the peer's kernel doesn't acknowledge in time breaks the
     * connection, also when there is nothing to read from it.
     *
     * @param timeout after which a peer is lost
     */
    static void configure(Channel channel, Duration timeout) {
        ((EpollSocketChannel) channel)
                .config()
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setTcpUserTimeout(Math.toIntExact(timeout.toMillis()));
    }

    /** Host and port in numbers: {@code 10.0.0.7:9000}, {@code [::1]:9000}. */
    static String format(InetAddress address, int port) {
        String host = address.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The other way round, without asking anybody for a name. */
    static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new InetSocketAddress(
                InetAddress.ofLiteral(host), Integer.parseInt(address.substring(colon + 1)));
    }
}
