package io.sluice.channel.pipe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.directory.ChannelDirectory;
import io.sluice.channel.directory.DirectoryWatch;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.EdgeTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes pipes of every processor in the directory; an address is the path of its pipes. */
public final class PipeEdgeTransport implements EdgeTransport {
    private static final Logger log = LoggerFactory.getLogger(PipeEdgeTransport.class);

    private final Path directory;
    private final Duration interval;
    private final Opener opener = new Opener(1);
    private @Nullable DirectoryWatch watch; // guarded by this

    /**
     * Opens the directory.
     *
     * @throws IllegalStateException when others may write to the directory
     * @throws IOException when it can't be used
     */
    public PipeEdgeTransport(ChannelProperties properties) throws IOException {
        directory = ChannelDirectory.open(properties.pipe().directory(), PipeNames.SETTING);
        interval = properties.ping().interval();
    }

    @Override
    public Transport kind() {
        return Transport.PIPE;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public synchronized void watch(Listener listener) throws IOException {
        watch =
                new DirectoryWatch(
                        directory,
                        PipeNames::isProcessor,
                        interval,
                        (present, fresh) ->
                                listener.addresses(addresses(present), addresses(fresh)));
        watch.start();
    }

    private static Set<String> addresses(Set<Path> processors) {
        return processors.stream().map(Path::toString).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ChannelFuture connect(String address, EventLoop loop, ChannelHandler initializer) {
        return opener.connect(loop, initializer, _ -> PipePair.take(Path.of(address)));
    }

    /** Nothing: the directory's mode decides, as pipes don't tell who is at the other end. */
    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        log.trace("{} is guarded by its directory's mode", channel);
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
        opener.close();
    }
}
