package io.sluice.edge.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2PriorityFrame;
import io.netty.handler.codec.http2.Http2SettingsAckFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2UnknownFrame;
import io.netty.handler.codec.http2.Http2WindowUpdateFrame;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards an HTTP/2 connection as a whole: it ends one without streams, one that takes nothing, and
 * one that only keeps the edge busy; its timer looks at the streams' own guards. It stands between
 * the frame codec and the streams. Confined to the connection's event loop.
 */
final class Http2Guard extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Http2Guard.class);

    /** Of an honest client there are a few: one to measure the way, one to see whether we live. */
    private static final int MOST_CONTROL_FRAMES = 1000;

    /** A shorter piece of a read is copied, so that it doesn't hold all of the read's memory. */
    private static final int SHORTEST_SLICE = 4096;

    private final Connections connections;
    private final Patience patience;
    private final Http2FrameCodec codec;
    private final int window;
    private final Map<Integer, StreamGuard> streams = new HashMap<>();
    private final OutputProgress output = new OutputProgress();
    private @Nullable Future<?> timer;
    private long deadline;
    private int controlFrames;

    /**
     * A guard of one connection.
     *
     * @param window how many bytes the client may send ahead on all its streams together
     */
    Http2Guard(Connections connections, Patience patience, Http2FrameCodec codec, int window) {
        this.connections = connections;
        this.patience = patience;
        this.codec = codec;
        this.window = window;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Http2Exception {
        deadline = System.nanoTime() + patience.header().toNanos();
        long interval = patience.interval().toNanos();
        timer =
                context.executor()
                        .scheduleWithFixedDelay(
                                () -> look(context), interval, interval, TimeUnit.NANOSECONDS);
        Http2Connection connection = codec.connection();
        var flow = connection.local().flowController();
        int more = window - flow.initialWindowSize(connection.connectionStream());
        if (more > 0) {
            flow.incrementWindowSize(connection.connectionStream(), more);
            var _ = context.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
        context.fireChannelInactive();
    }

    void opened(int stream, StreamGuard guard) {
        streams.put(stream, guard);
    }

    void closed(int stream) {
        streams.remove(stream);
        if (streams.isEmpty()) {
            deadline = System.nanoTime() + patience.idle().toNanos();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2DataFrame data
                    when data.content().readableBytes() < SHORTEST_SLICE
                            && data.content().isReadable() ->
                    context.fireChannelRead(compact(context, data));
            case Http2WindowUpdateFrame update -> {
                widened(update.stream());
                context.fireChannelRead(update);
            }
            case Http2PingFrame _,
                    Http2SettingsFrame _,
                    Http2SettingsAckFrame _,
                    Http2PriorityFrame _,
                    Http2UnknownFrame _ -> {
                controlFrames++;
                context.fireChannelRead(message);
                if (controlFrames == MOST_CONTROL_FRAMES) {
                    calm(context);
                }
            }
            default -> context.fireChannelRead(message);
        }
    }

    private static Http2StreamFrame compact(ChannelHandlerContext context, Http2DataFrame data) {
        try {
            ByteBuf content = data.content();
            return data
                    .replace(context.alloc().buffer(content.readableBytes()).writeBytes(content))
                    .stream(data.stream());
        } finally {
            data.release();
        }
    }

    private void widened(@Nullable Http2FrameStream stream) {
        StreamGuard guard = stream == null ? null : streams.get(stream.id());
        if (guard != null) {
            guard.widened();
        }
    }

    private void calm(ChannelHandlerContext context) {
        codec.onError(
                context.pipeline().context(codec),
                false,
                Http2Exception.connectionError(
                        Http2Error.ENHANCE_YOUR_CALM, "too many frames that bring nothing"));
    }

    /** What a client does wrong is no fault of ours: the codec tells it, and ends. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.atDebug()
                    .addKeyValue("peer", context.channel().remoteAddress())
                    .log("HTTP/2 connection broken: {}", cause.getMessage());
            return;
        }
        Http2Exception fault = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
        if (fault == null || cause instanceof Http2FrameStreamException) {
            context.fireExceptionCaught(cause);
            return;
        }
        ConnectionSeat seat = context.pipeline().get(ConnectionSeat.class);
        if (seat != null) {
            seat.letLinger();
        }
        if (fault.error() == Http2Error.ENHANCE_YOUR_CALM) {
            connections.countEnd(EndReason.FLOOD);
        }
        log.atDebug()
                .addKeyValue("peer", context.channel().remoteAddress())
                .log("HTTP/2 connection ended: {}", fault.getMessage());
    }

    private void look(ChannelHandlerContext context) {
        long now = System.nanoTime();
        controlFrames = 0;
        if (streams.isEmpty() && now - deadline > 0) {
            connections.countEnd(EndReason.SLOW_HEADER);
            // The codec says goodbye first.
            var _ = context.close();
        } else if (output.isStalled(context.channel(), now, patience.stall().toNanos())) {
            connections.countEnd(EndReason.SLOW_READER);
            // Not by way of the codec, which would wait for the streams' ends.
            var _ = context.pipeline().firstContext().close();
        } else {
            boolean isHeldBack = isHeldBack();
            // A stream that is ended leaves the map.
            new ArrayList<>(streams.values()).forEach(guard -> guard.look(now, isHeldBack));
        }
    }

    /** Whether we have not yet taken what we said that the client may send ahead. */
    private boolean isHeldBack() {
        Http2Connection connection = codec.connection();
        return connection.local().flowController().windowSize(connection.connectionStream()) <= 0;
    }
}
