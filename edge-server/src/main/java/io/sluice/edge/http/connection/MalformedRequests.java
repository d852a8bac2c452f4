package io.sluice.edge.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.sluice.edge.http.problem.Problem;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers what is no HTTP request with a problem, and ends the connection: after bytes that could
 * not be understood, nobody knows where the next request starts.
 */
final class MalformedRequests extends ChannelInboundHandlerAdapter {
    private final ConnectionGuard guard;
    private final StrictFraming framing;
    private final Consumer<Problem> refused;
    private boolean isBroken;

    /**
     * Looks at what the decoder has made.
     *
     * @param refused is told each problem that is answered
     */
    MalformedRequests(ConnectionGuard guard, StrictFraming framing, Consumer<Problem> refused) {
        this.guard = guard;
        this.framing = framing;
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isBroken && isWellFormed(message)) {
            if (message instanceof HttpRequest request) {
                framing.began(request);
            }
            context.fireChannelRead(message);
            return;
        }
        if (!isBroken) {
            isBroken = true;
            framing.gaveUp();
            guard.inputBroke();
            if (message instanceof HttpRequest request && !guard.isReceiving()) {
                Problem problem = MalformedAnswer.problemOf(request.decoderResult());
                refused.accept(problem);
                guard.answerLast(() -> refuse(context, request, problem));
            } else {
                // In the middle of a body there is no place for an answer; the application sees an
                // abort.
                var _ = context.channel().close();
            }
        }
        ReferenceCountUtil.release(message);
    }

    private boolean isWellFormed(Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            return false;
        }
        return !(message instanceof HttpRequest request)
                || (framing.isHeadStrict()
                        && RequestTarget.isWellFormed(request.method(), request.uri())
                        && hasHost(request)
                        && hasKnownCoding(request));
    }

    /** Where another coding is the last, nobody knows the body's end (RFC 9112, section 6.3). */
    private static boolean hasKnownCoding(HttpRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1
                        && codings.getFirst().equalsIgnoreCase("chunked")
                        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                        && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
    }

    /** RFC 9112, section 3.2: exactly one, except in HTTP/1.0. */
    private static boolean hasHost(HttpRequest request) {
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts == 1 || (hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_0));
    }

    private static void refuse(
            ChannelHandlerContext context, HttpRequest request, Problem problem) {
        var _ =
                context.writeAndFlush(MalformedAnswer.of(context.alloc(), request.uri(), problem))
                        .addListener(_ -> {
                            var _ = context.channel().close();
                        });
    }
}
