package io.sluice.edge.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Does for one stream what a {@link ConnectionGuard} does for a connection: ends it when its client
 * is too slow, and when it was answered before its body had come. The other streams go on. Its
 * connection's {@link Http2Guard} looks at it every now and then. Confined to the event loop.
 */
final class StreamGuard extends ChannelDuplexHandler {
    private final Connections connections;
    private final Patience patience;
    private final Http2Guard connection;
    private final Exchange exchange = new Exchange();
    private final StreamOutput output = new StreamOutput();
    private final int stream;
    private @Nullable ChannelHandlerContext self;
    private long bodyWindow = System.nanoTime();
    private boolean wasPaused;
    private boolean isReset;

    StreamGuard(
            Connections connections,
            Patience patience,
            Http2Guard connection,
            Http2StreamChannel channel) {
        this.connections = connections;
        this.patience = patience;
        this.connection = connection;
        this.stream = channel.stream().id();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        self = context;
        connection.opened(stream, this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.closed(stream);
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        exchange.received(message);
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        exchange.sent(message);
        var written = context.write(message, promise.unvoid());
        output.sent(written);
        if (exchange.isCutShort() && !exchange.isAnswerDue() && !isReset) {
            // RFC 9113, section 8.1: what is left of the body is not wanted. Not before the answer
            // has gone, as a reset drops what is still waiting.
            isReset = true;
            written.addListener(_ -> reset(context, Http2Error.NO_ERROR));
        }
    }

    private static void reset(ChannelHandlerContext context, Http2Error why) {
        if (context.channel().isActive()) {
            var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(why));
        }
    }

    /** What the client does wrong ends the stream, for the application as if it went away. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Http2Exception fault = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
        if (fault == null) {
            context.fireExceptionCaught(cause);
        } else {
            reset(context, fault.error());
        }
    }

    /** The client has made room for more of the answer. */
    void widened() {
        output.widened();
    }

    /**
     * Ends the stream if it is too slow.
     *
     * @param isHeldBack whether no stream of the connection may send at the moment
     */
    void look(long now, boolean isHeldBack) {
        ChannelHandlerContext context = self;
        if (context == null) {
            return;
        }
        wasPaused |= isHeldBack || !context.channel().config().isAutoRead();
        if (exchange.isRequestOpen() && now - bodyWindow > patience.stall().toNanos()) {
            boolean isSlow = exchange.takeBodyBytes() < patience.bytesPerStall() && !wasPaused;
            bodyWindow = now;
            wasPaused = isHeldBack || !context.channel().config().isAutoRead();
            if (isSlow) {
                end(context, EndReason.SLOW_BODY);
            }
        } else if (output.isStalled(now, patience.stall().toNanos())) {
            end(context, EndReason.SLOW_READER);
        }
    }

    private void end(ChannelHandlerContext context, EndReason reason) {
        connections.countEnd(reason);
        reset(context, Http2Error.CANCEL);
    }
}
