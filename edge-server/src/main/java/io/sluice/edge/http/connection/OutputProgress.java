package io.sluice.edge.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Tells whether a client takes what is sent to it. Confined to the connection's loop. */
final class OutputProgress {
    private @Nullable Object message;
    private long progress;
    private long since;

    /** Whether something has waited for the client for longer than that, without a byte moving. */
    @SuppressWarnings("ReferenceEquality") // The same message object, not an equal one.
    boolean isStalled(Channel channel, long now, long longestNanos) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object current = buffer == null ? null : buffer.current();
        long currentProgress = current == null || buffer == null ? 0 : buffer.currentProgress();
        if (current == null || current != message || currentProgress != progress) {
            message = current;
            progress = currentProgress;
            since = now;
            return false;
        }
        return now - since > longestNanos;
    }
}
