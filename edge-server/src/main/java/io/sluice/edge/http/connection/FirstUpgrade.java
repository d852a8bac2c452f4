package io.sluice.edge.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2Frame;

/**
 * Where a connection may leave HTTP/1.1 for HTTP/2. A client that knows beforehand that we speak it
 * has it from its first byte: its settings are the first frame that comes here.
 *
 * <p>A connection is upgraded only by its first request, and only by one without a body (RFC 7540,
 * section 3.2, lets a server ignore the others): Netty would collect the body in memory, and put
 * its 101 before an answer that is still due. Confined to the connection's event loop.
 */
final class FirstUpgrade extends ChannelInboundHandlerAdapter {
    private final Connections connections;
    private boolean isFirst = true;

    FirstUpgrade(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (!isFirst || hasBody(request)) {
                request.headers().remove(HttpHeaderNames.UPGRADE);
            }
            isFirst = false;
        }
        if (message instanceof Http2Frame) {
            connections.guardNegotiated(context.channel());
        }
        context.fireChannelRead(message);
    }

    private static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request)
                || HttpUtil.getContentLength(request, 0L) > 0;
    }
}
