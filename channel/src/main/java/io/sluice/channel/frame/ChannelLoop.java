package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of an end of the channel: it owns all of the end's state and never blocks. */
public final class ChannelLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChannelLoop.class);

    /** For each step of closing. */
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final IoEventLoopGroup group;
    private final ChannelGroup connections;

    ChannelLoop(String name, IoHandlerFactory ioHandler) {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), ioHandler);
        connections = new DefaultChannelGroup(group.next());
    }

    /** The group of this one thread. */
    public IoEventLoopGroup group() {
        return group;
    }

    /** The thread. */
    public IoEventLoop executor() {
        return group.next();
    }

    /** Has the connection closed, at the latest, together with this loop. */
    void own(Channel connection) {
        connections.add(connection);
    }

    /** Runs the task on the thread, soon; or never, if that has ended. */
    public void run(Runnable task) {
        try {
            executor().execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("the event loop has ended", e);
        }
    }

    /** Closes every connection, then ends the thread, and waits for both. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        // What was given to run before comes first: a shutdown alone would overtake it.
        executor().submit(() -> {}).awaitUninterruptibly(STOP_TIMEOUT_MS);
        connections.close().awaitUninterruptibly(STOP_TIMEOUT_MS);
        group.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * STOP_TIMEOUT_MS);
    }
}
