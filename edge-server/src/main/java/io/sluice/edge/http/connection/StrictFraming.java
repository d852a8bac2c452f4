package io.sluice.edge.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Stands in front of the decoder and lets it see one head at a time, so that the two are never of
 * different minds about where a body ends. What only the decoder would take is not passed on.
 */
final class StrictFraming extends ChannelInboundHandlerAdapter {
    private final Framing framing = new Framing();
    private boolean isOver;

    /** Whether the head of the request that is being decoded is as strict as it must be. */
    boolean isHeadStrict() {
        return framing.isHeadStrict();
    }

    /** The decoder has made a request of the last head. */
    void began(HttpRequest request) {
        framing.begin(
                HttpUtil.isTransferEncodingChunked(request)
                        ? -1
                        : HttpUtil.getContentLength(request, 0L));
    }

    /** The decoder has given up: nothing is left to be read along. */
    void gaveUp() {
        isOver = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        int position = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (position < end && !isOver && !context.isRemoved()) {
            int next = framing.read(bytes, position, end);
            if (next == position && framing.isAtBody()) {
                // The decoder waits for more of what is a whole head here: it sees another one.
                broke(context);
            } else {
                context.fireChannelRead(bytes.retainedSlice(position, next - position));
                position = next;
                if (framing.isBroken() && !isOver) {
                    broke(context);
                }
            }
        }
        if (context.isRemoved() && position < end) {
            // The head was an upgrade: what is behind it is HTTP/2.
            context.fireChannelRead(bytes.retainedSlice(position, end - position));
        }
        bytes.release();
    }

    private void broke(ChannelHandlerContext context) {
        isOver = true;
        LastHttpContent end = new DefaultLastHttpContent();
        end.setDecoderResult(
                DecoderResult.failure(new IllegalArgumentException("the framing is malformed")));
        context.fireChannelRead(end);
    }
}
