package io.sluice.channel.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.HostPort;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.ProcessorDirectory;
import io.sluice.channel.frame.ChannelLoop;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.ProcessorTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;

/** Listens on a TCP port and announces it to the edges of the same host. */
public final class TcpProcessorTransport implements ProcessorTransport {
    private static final Logger log = LoggerFactory.getLogger(TcpProcessorTransport.class);

    /** More edges than this that connect at the same moment try again. */
    private static final int BACKLOG = 64;

    private final HostPort listen;
    private final Path directory;
    private final Duration timeout;
    private final String name;
    private final TcpSecurity security;
    private @Nullable Announcement announcement; // guarded by this
    private @Nullable Channel listener; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param bundles where {@code sluice.channel.tcp.bundle} is found; null only with plain text
     * @param name unique among the processors of this host
     * @throws IllegalArgumentException when the security that is set can't be had
     */
    public TcpProcessorTransport(
            ChannelProperties properties, @Nullable SslBundles bundles, String name) {
        this(properties, TcpSecurity.of(properties, bundles, TlsContext.Side.PROCESSOR), name);
    }

    TcpProcessorTransport(ChannelProperties properties, TcpSecurity security, String name) {
        listen = properties.tcp().listen();
        directory = properties.unix().directory();
        timeout = properties.ping().timeout();
        this.security = security;
        this.name = ProcessorDirectory.checkName(name);
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
    public synchronized void listen(ChannelLoop loop, ChannelHandler initializer)
            throws IOException {
        security.warn();
        ProcessorDirectory shared = ProcessorDirectory.open(directory, Announcement.SUFFIX);
        announcement = new Announcement(shared.entry(name), shared.unready(name));
        announcement.claim();
        listener = bind(loop, initializer);
        InetSocketAddress bound = (InetSocketAddress) listener.localAddress();
        String address = TcpSockets.format(reachable(bound.getAddress()), bound.getPort());
        announcement.publish(address);
        log.atInfo().addKeyValue("processor", name).addKeyValue("address", address).log("bound");
    }

    /** Who listens everywhere is reached over the loopback on this host. */
    static InetAddress reachable(InetAddress bound) {
        return bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    }

    private Channel bind(ChannelLoop loop, ChannelHandler initializer) throws IOException {
        ChannelFuture binding =
                new ServerBootstrap()
                        .group(loop.group())
                        .channel(EpollServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childHandler(initializer)
                        .bind(new InetSocketAddress(listen.host(), listen.port()))
                        .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "sluice.channel.tcp.listen = %s: can't listen there: %s"
                            .formatted(listen, binding.cause()),
                    binding.cause());
        }
        return binding.channel();
    }

    @Override
    public synchronized void stopListening() {
        try {
            if (announcement != null) {
                announcement.remove();
            }
        } catch (IOException e) {
            log.warn("the announcement of processor {} could not be removed", name, e);
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        TcpSockets.configure(channel, timeout);
        security.guard(channel, metrics);
    }
}
