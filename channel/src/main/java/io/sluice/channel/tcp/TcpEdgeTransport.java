package io.sluice.channel.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.DirectoryWatch;
import io.sluice.channel.directory.ProcessorDirectory;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/**
 * Connects to the processors that are configured, or else to those that are announced on this host;
 * an address is host and port in numbers.
 */
public final class TcpEdgeTransport implements EdgeTransport {
    private final ChannelProperties properties;
    private final TcpSecurity security;
    private Runnable stop = () -> {}; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param bundles where {@code sluice.channel.tcp.bundle} is found; null only with plain text
     * @throws IllegalArgumentException when the security that is set can't be had
     */
    public TcpEdgeTransport(ChannelProperties properties, @Nullable SslBundles bundles) {
        this(properties, TcpSecurity.of(properties, bundles, TlsContext.Side.EDGE));
    }

    TcpEdgeTransport(ChannelProperties properties, TcpSecurity security) {
        this.properties = properties;
        this.security = security;
    }

    @Override
    public Transport kind() {
        return Transport.TCP;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public synchronized void watch(Listener listener) throws IOException {
        security.warn();
        stop = properties.tcp().processors().isEmpty() ? announced(listener) : configured(listener);
    }

    private Runnable announced(Listener listener) throws IOException {
        ProcessorDirectory directory =
                ProcessorDirectory.open(properties.unix().directory(), Announcement.SUFFIX);
        DirectoryWatch made =
                new DirectoryWatch(
                        directory.path(),
                        directory::isEntry,
                        properties.ping().interval(),
                        new AnnouncedProcessors(listener));
        made.start();
        return made::close;
    }

    private Runnable configured(Listener listener) {
        NameWatch made =
                new NameWatch(
                        properties.tcp().processors(), properties.ping().interval(), listener);
        made.start();
        return made::close;
    }

    @Override
    public ChannelFuture connect(String address, EventLoop loop, ChannelHandler initializer) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(properties.ping().timeout().toMillis()))
                .handler(initializer)
                .connect(TcpSockets.parse(address));
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        TcpSockets.configure(channel, properties.ping().timeout());
        security.guard(channel, metrics);
    }

    @Override
    public synchronized void close() {
        stop.run();
    }
}
