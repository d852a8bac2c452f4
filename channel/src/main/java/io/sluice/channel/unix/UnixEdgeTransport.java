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
import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.DirectoryWatch;
import io.sluice.channel.directory.ProcessorDirectory;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.EdgeTransport;
import io.sluice.model.Job;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to every processor's socket in the directory; an address is the socket's path. */
public final class UnixEdgeTransport implements EdgeTransport {
    private static final Logger log = LoggerFactory.getLogger(UnixEdgeTransport.class);

    private final AllowedUids allowed;
    private final Duration interval;
    private final @Nullable StoreRoot passed;
    private final ProcessorDirectory directory;
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
        passed = settings.passDescriptors() ? new StoreRoot(settings.store()) : null;
        directory = ProcessorDirectory.open(settings.directory(), UnixProcessorTransport.SUFFIX);
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
        watch = DirectoryWatch.addresses(directory, interval, listener);
        watch.start();
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
    public @Nullable FileDescriptor open(Job job) throws IOException {
        if (passed == null) {
            return null;
        }
        try {
            return passed.open(Path.of(job.path()));
        } catch (FileSystemException e) {
            // The processor finds out for itself, and says so in its outcome.
            log.debug("the original of job {} goes by its path only", job.id(), e);
            return null;
        }
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
