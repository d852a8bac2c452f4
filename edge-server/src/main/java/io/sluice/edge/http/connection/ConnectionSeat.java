package io.sluice.edge.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection from its first moment to its last, whatever it speaks, and ends it at once if
 * it is one too many. It stands before everything else. When told so, it lets the client read why
 * the connection ends. Confined to the connection's event loop.
 */
final class ConnectionSeat extends ChannelDuplexHandler {
    private final Connections connections;
    private final Duration linger;
    private @Nullable Seat seat;
    private boolean hasLeft;
    private boolean mayLinger;
    private boolean isLingering;

    ConnectionSeat(Connections connections, Duration linger) {
        this.connections = connections;
        this.linger = linger;
    }

    /** The connection ends soon, and the client shall read why. */
    void letLinger() {
        mayLinger = !linger.isZero();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isLingering) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (mayLinger
                && !isLingering
                && context.channel() instanceof DuplexChannel channel
                && channel.isActive()) {
            isLingering = true;
            Linger.begin(context, channel, promise, linger);
        } else {
            var _ = context.close(promise);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            enter(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        enter(context);
        context.fireChannelActive();
    }

    private void enter(ChannelHandlerContext context) {
        if (seat != null) {
            return;
        }
        seat = connections.enter(context.channel().remoteAddress());
        if (seat.refusal() != null) {
            connections.countEnd(seat.refusal());
            var _ = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (seat != null && !hasLeft) {
            hasLeft = true;
            seat.leaving().run();
        }
        context.fireChannelInactive();
    }
}
