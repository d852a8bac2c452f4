package io.sluice.channel.shm;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.DomainSocketAddress;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.DirectoryWatch;
import io.sluice.channel.directory.ProcessorDirectory;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.EdgeTransport;
import io.sluice.channel.unix.AllowedUids;
import io.sluice.channel.unix.PeerGate;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shares rings with every processor that has a socket for it; an address is the socket's path. */
public final class ShmEdgeTransport implements EdgeTransport {
    private final int ringSize;
    private final AllowedUids allowed;
    private final Duration interval;
    private final ProcessorDirectory directory;
    private final ShmEnd end;
    private @Nullable DirectoryWatch watch;

    /**
     * Opens the directory of the sockets, which are those of the Unix transport but for the suffix.
     *
     * @throws IllegalStateException when others may write to the directory
     * @throws IOException when it can't be used
     */
    public ShmEdgeTransport(ChannelProperties properties) throws IOException {
        ringSize = properties.shm().ringBytes();
        allowed = AllowedUids.of(properties.unix().allowedUids());
        interval = properties.ping().interval();
        directory =
                ProcessorDirectory.open(
                        properties.unix().directory(), ShmProcessorTransport.SUFFIX);
        end = ShmEnd.open();
    }

    @Override
    public Transport kind() {
        return Transport.SHM;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return end.ioHandler();
    }

    /** For how often its event loop goes round. */
    ShmEnd end() {
        return end;
    }

    @Override
    public synchronized void watch(Listener listener) throws IOException {
        watch = DirectoryWatch.addresses(directory, interval, listener);
        watch.start();
    }

    @Override
    public ChannelFuture connect(String address, EventLoop loop, ChannelHandler initializer) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> new ShmEdgeChannel(end, ringSize))
                .handler(initializer)
                .connect(new DomainSocketAddress(address));
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        ((ShmChannel) channel).guard(new PeerGate(allowed, metrics));
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
