package io.sluice.channel.unix;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.UnixChannelOption;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.directory.ProcessorDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor's listening socket, by the rules of {@link ProcessorDirectory} and SocketFile. */
public final class SocketListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SocketListener.class);

    /** More edges than this at one processor are somebody's mistake. */
    private static final int BACKLOG = 64;

    private final ChannelProperties.Unix settings;
    private final String name;
    private final String suffix;
    private final AllowedUids allowed;
    private @Nullable SocketFile file; // guarded by this
    private @Nullable Channel listener; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param name of the socket, unique among the processors that run
     * @param suffix of its file, which tells what is spoken there
     */
    public SocketListener(ChannelProperties.Unix settings, String name, String suffix) {
        this.settings = settings;
        this.name = ProcessorDirectory.checkName(name);
        this.suffix = suffix;
        try {
            allowed = AllowedUids.of(settings.allowedUids());
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self can't be read", e);
        }
    }

    /** Who may connect. */
    public AllowedUids allowed() {
        return allowed;
    }

    /**
     * Listens; edges can connect once it returns.
     *
     * @throws IllegalStateException when a running processor listens there already, or the place is
     *     open to others
     * @throws IOException when it can't listen
     */
    public void listen(IoEventLoopGroup group, ChannelHandler child) throws IOException {
        listen(new ServerBootstrap().group(group).childHandler(child));
    }

    /**
     * As {@link #listen}, for connections that carry descriptors, and aren't read by themselves.
     */
    public void listenForDescriptors(IoEventLoopGroup group, ChannelHandler child)
            throws IOException {
        listen(
                new ServerBootstrap()
                        .group(group)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(
                                UnixChannelOption.DOMAIN_SOCKET_READ_MODE,
                                DomainSocketReadMode.FILE_DESCRIPTORS)
                        .childHandler(child));
    }

    private synchronized void listen(ServerBootstrap server) throws IOException {
        try {
            ProcessorDirectory directory = ProcessorDirectory.open(settings.directory(), suffix);
            SocketFile socket = new SocketFile(directory.entry(name), directory.unready(name));
            socket.claim();
            listener = bind(server, socket);
            socket.publish();
            file = socket;
        } catch (IOException e) {
            throw new IOException(
                    "sluice.channel.unix.directory = %s: can't listen there"
                            .formatted(settings.directory()),
                    e);
        }
    }

    private static Channel bind(ServerBootstrap server, SocketFile socket) {
        return server.channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .bind(new DomainSocketAddress(socket.unready().toFile()))
                .syncUninterruptibly()
                .channel();
    }

    /** Lets no further edge in, and leaves the place to a successor. May be called again. */
    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            log.warn("the socket of processor {} could not be removed", name, e);
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }
}
