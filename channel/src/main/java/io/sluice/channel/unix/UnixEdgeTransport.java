package io.sluice.channel.unix;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.DirectoryWatch;
import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Connects to every processor's socket in the directory; an address is the socket's path. */
public final class UnixEdgeTransport implements EdgeTransport {
    private final AllowedUids allowed;
    private final Duration interval;
    private final SocketDirectory directory;
    private @Nullable DirectoryWatch watch;

    /**
     * Opens the directory.
     *
     * @param interval from one look into the directory to the next, in case an event got lost
     * @throws IllegalStateException when others may write to the directory
     * @throws IOException when it can't be used
     */
    public UnixEdgeTransport(ChannelProperties.Unix settings, Duration interval)
            throws IOException {
        allowed = AllowedUids.of(settings.allowedUids());
        this.interval = interval;
        directory = SocketDirectory.open(settings.directory());
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
    public synchronized void watch(Listener listener) throws IOException {
        watch =
                new DirectoryWatch(
                        directory.path(),
                        SocketDirectory::isSocket,
                        interval,
                        (present, fresh) ->
                                listener.addresses(addresses(present), addresses(fresh)));
        watch.start();
    }

    private static Set<String> addresses(Set<Path> sockets) {
        return sockets.stream().map(Path::toString).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ChannelFuture connect(String address, EventLoop loop, ChannelHandler initializer) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDomainSocketChannel.class)
                .handler(initializer)
                .connect(new DomainSocketAddress(address));
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        channel.pipeline().addLast(new PeerGate(allowed, metrics));
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
