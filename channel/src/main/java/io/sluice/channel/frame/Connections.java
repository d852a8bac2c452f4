package io.sluice.channel.frame;

import io.netty.channel.Channel;
import io.sluice.model.wire.Frame;

/**
 * What is done with a connection without waiting for it. The futures are dropped on purpose: a
 * frame that can't be written breaks the connection, and its handlers hear of that.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class Connections {
    private Connections() {}

    static void send(Channel channel, Frame frame) {
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    /** Closes it, soon. */
    public static void close(Channel channel) {
        channel.close();
    }
}
