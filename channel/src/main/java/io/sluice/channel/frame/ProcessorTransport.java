package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.IoHandlerFactory;
import io.sluice.channel.Transport;
import java.io.IOException;

/** A stream transport as a processor uses it: how edges reach it. */
public interface ProcessorTransport {

    /** Which one it is, for metrics and messages. */
    Transport kind();

    /** What the connections' event loop waits with. */
    IoHandlerFactory ioHandler();

    /** Whether descriptors of originals can come beside the frames. */
    default boolean takesDescriptors() {
        return false;
    }

    /**
     * Listens for edges; they can connect once it returns.
     *
     * @param initializer for the pipeline of each connection
     * @throws IllegalStateException when a running processor listens there already, or the place is
     *     open to others
     * @throws IOException when it can't listen
     */
    void listen(ChannelLoop loop, ChannelHandler initializer) throws IOException;

    /** Lets no further edge in, and leaves the place to a successor. May be called again. */
    void stopListening();

    /** Puts into the pipeline, in front of the frames, what decides who may be at the other end. */
    void guard(Channel channel, ChannelMetrics metrics);
}
