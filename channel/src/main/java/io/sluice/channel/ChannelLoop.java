package io.sluice.channel;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The one thread of an end of the channel: it owns all of the end's state and never blocks. */
final class ChannelLoop implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final IoEventLoopGroup group;

    ChannelLoop(String name) {
        Epoll.ensureAvailability();
        group =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    IoEventLoopGroup group() {
        return group;
    }

    IoEventLoop executor() {
        return group.next();
    }

    /** Ends the thread and waits for it; what is left to run is dropped after 5 seconds. */
    @Override
    public void close() {
        group.shutdownGracefully(0, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
