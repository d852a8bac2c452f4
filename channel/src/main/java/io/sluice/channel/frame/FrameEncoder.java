package io.sluice.channel.frame;

import com.google.protobuf.CodedOutputStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.EncoderException;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames, each behind its length (u32, big-endian). What is written between two flushes goes
 * out in one piece: a system call costs more than many frames.
 */
final class FrameEncoder extends ChannelOutboundHandlerAdapter {
    /** A piece is passed on when it is this large, so that the channel's own limits see it. */
    private static final int PIECE_BYTES = 32 * 1024;

    /** What a piece begins with: room for some frames, as pieces of one frame are many. */
    private static final int FIRST_BYTES = 4 * 1024;

    private final ConnectionMeter meter;
    private byte[] message = new byte[1024];
    private @Nullable ByteBuf piece;
    private List<ChannelPromise> waiting = new ArrayList<>();

    FrameEncoder(ConnectionMeter meter) {
        this.meter = meter;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
            throws IOException {
        if (!(message instanceof Frame frame)) {
            passOn(ctx); // a descriptor: its place in the stream tells whose it is
            var _ = ctx.write(message, promise);
            return;
        }
        ByteBuf into = piece;
        if (into == null) {
            into = ctx.alloc().ioBuffer(FIRST_BYTES);
            piece = into;
        }
        encode(frame, into);
        if (!promise.isVoid()) {
            waiting.add(promise);
        }
        if (into.readableBytes() >= PIECE_BYTES) {
            passOn(ctx);
        }
    }

    private void encode(Frame frame, ByteBuf into) throws IOException {
        int length = frame.getSerializedSize();
        if (length > Frames.MAX_BYTES) {
            throw new EncoderException("a frame of " + length + " bytes can't be sent");
        }
        if (message.length < length) {
            message = new byte[Math.max(length, Math.min(2 * message.length, Frames.MAX_BYTES))];
        }
        CodedOutputStream stream = CodedOutputStream.newInstance(message, 0, length);
        frame.writeTo(stream);
        stream.checkNoSpaceLeft();
        into.writeInt(length).writeBytes(message, 0, length);
        meter.written(frame, FrameDecoder.LENGTH_BYTES + length);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        passOn(ctx);
        ctx.flush();
    }

    private void passOn(ChannelHandlerContext ctx) {
        ByteBuf full = piece;
        if (full == null) {
            return;
        }
        piece = null;
        if (waiting.isEmpty()) {
            var _ = ctx.write(full, ctx.voidPromise());
            return;
        }
        List<ChannelPromise> told = waiting;
        waiting = new ArrayList<>();
        ctx.write(full)
                .addListener(written -> {
                    for (ChannelPromise promise : told) {
                        if (written.isSuccess()) {
                            promise.trySuccess();
                        } else {
                            promise.tryFailure(written.cause());
                        }
                    }
                });
    }

    /** What was written but not flushed goes out before the end does. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (piece != null) {
            flush(ctx);
        }
        var _ = ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (piece != null) {
            piece.release();
            piece = null;
        }
    }
}
