package io.sluice.channel.unix;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.ProcessorDirectory;
import io.sluice.channel.frame.ChannelLoop;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.ProcessorTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a Unix socket of its own, {@code processor-<name>.sock} in the directory. */
public final class UnixProcessorTransport implements ProcessorTransport {
    private static final Logger log = LoggerFactory.getLogger(UnixProcessorTransport.class);

    /** More edges than this at one processor are somebody's mistake. */
    private static final int BACKLOG = 64;

    private final ChannelProperties.Unix settings;
    private final String name;
    private final AllowedUids allowed;
    private @Nullable SocketFile file; // guarded by this
    private @Nullable Channel listener; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param name of the socket, unique among the processors that run
     */
    public UnixProcessorTransport(ChannelProperties.Unix settings, String name) {
        this.settings = settings;
        this.name = ProcessorDirectory.checkName(name);
        try {
            allowed = AllowedUids.of(settings.allowedUids());
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self can't be read", e);
        }
    }

    @Override
    public Transport kind() {
        return Transport.UNIX;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public synchronized void listen(ChannelLoop loop, ChannelHandler initializer)
            throws IOException {
        try {
            ProcessorDirectory directory =
                    ProcessorDirectory.open(settings.directory(), SocketFile.SUFFIX);
            SocketFile socket = new SocketFile(directory.entry(name), directory.unready(name));
            socket.claim();
            listener = bind(socket, loop, initializer);
            socket.publish();
            file = socket;
        } catch (IOException e) {
            throw new IOException(
                    "sluice.channel.unix.directory = %s: can't listen there"
                            .formatted(settings.directory()),
                    e);
        }
    }

    private static Channel bind(SocketFile socket, ChannelLoop loop, ChannelHandler initializer) {
        return new ServerBootstrap()
                .group(loop.group())
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(initializer)
                .bind(new DomainSocketAddress(socket.unready().toFile()))
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public synchronized void stopListening() {
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

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        channel.pipeline().addLast(new PeerGate(allowed, metrics));
    }
}
