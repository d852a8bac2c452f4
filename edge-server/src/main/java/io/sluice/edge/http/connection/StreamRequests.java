package io.sluice.edge.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import io.sluice.edge.http.problem.Problem;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers a stream's request with a problem if its target or host is none. What HTTP/2 itself calls
 * malformed (RFC 9113, section 8.1.1) never comes here: the codec resets the stream. Confined to
 * the connection's event loop.
 */
final class StreamRequests extends ChannelInboundHandlerAdapter {
    private final Consumer<Problem> refused;
    private boolean isRefused;

    /**
     * Looks at a stream's request.
     *
     * @param refused is told each problem that is answered
     */
    StreamRequests(Consumer<Problem> refused) {
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isRefused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request
                && !(RequestTarget.isWellFormed(request.method(), request.uri())
                        && hasHost(request))) {
            isRefused = true;
            refused.accept(Problem.MALFORMED);
            refuse(context, request.uri(), message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
            return;
        }
        context.fireChannelRead(message);
    }

    /** RFC 9113, section 8.3.1: Host may repeat what :authority says, but say nothing else. */
    private static boolean hasHost(HttpRequest request) {
        List<String> hosts =
                request.headers().getAll(HttpHeaderNames.HOST).stream().distinct().toList();
        if (hosts.size() == 1) {
            request.headers().set(HttpHeaderNames.HOST, hosts);
        }
        return hosts.size() == 1;
    }

    private static void refuse(ChannelHandlerContext context, String target, boolean isWhole) {
        var answered =
                context.writeAndFlush(
                        MalformedAnswer.of(context.alloc(), target, Problem.MALFORMED));
        if (!isWhole) {
            answered.addListener(_ -> {
                var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
            });
        }
    }
}
