package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.Transport;
import io.sluice.model.Job;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream transport as an edge uses it: where processors are, and how to reach one. What is said
 * over its connections is not its business.
 */
public interface EdgeTransport extends AutoCloseable {

    /** Which one it is, for metrics and messages. */
    Transport kind();

    /** What the connections' event loop waits with. */
    IoHandlerFactory ioHandler();

    /** Starts to tell where processors are, on a thread of its own, until it is closed. */
    void watch(Listener listener) throws IOException;

    /**
     * Begins to connect to an address that the listener has heard of.
     *
     * @param initializer to put into the channel's pipeline before it is registered
     */
    ChannelFuture connect(String address, EventLoop loop, ChannelHandler initializer);

    /**
     * Opens the original to go along with its job, to a processor that takes descriptors. On the
     * thread that dispatches, which may wait for the disk.
     *
     * @return its descriptor, the caller's to close; null for a job that goes alone
     * @throws IOException when no descriptor is left
     */
    default @Nullable FileDescriptor open(Job job) throws IOException {
        return null;
    }

    /** Puts into the pipeline, in front of the frames, what decides who may be at the other end. */
    void guard(Channel channel, ChannelMetrics metrics);

    /**
     * Puts into the pipeline what translates between bytes and {@link io.sluice.model.wire.Frame}s.
     */
    default void translate(Channel channel, ConnectionMeter meter) {
        Pipeline.frames(channel, meter);
    }

    /**
     * Tells no more addresses, and ends what it started itself. The connections, not its own to
     * close, are closed by then.
     */
    @Override
    void close();

    /** Hears, on the transport's thread, where processors are. */
    interface Listener {
        /**
         * What is there now.
         *
         * @param present every address
         * @param fresh those that came since the last call, and are worth a try at once
         */
        void addresses(Set<String> present, Set<String> fresh);
    }
}
