package io.sluice.edge.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.ProblemView;
import io.sluice.edge.http.problem.RequestIds;
import io.sluice.edge.http.tus.Tus;

/** The answer to what is no HTTP request; in HTTP/2 its Connection field is left out. */
final class MalformedAnswer {
    private MalformedAnswer() {}

    static Problem problemOf(DecoderResult result) {
        return switch (result.cause()) {
            case null -> Problem.MALFORMED;
            case TooLongHttpLineException _ -> Problem.URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> Problem.HEADER_TOO_LARGE;
            default -> Problem.MALFORMED;
        };
    }

    /**
     * A whole answer.
     *
     * @param target of the request, as far as it was understood
     */
    static FullHttpResponse of(ByteBufAllocator allocator, String target, Problem problem) {
        String requestId = RequestIds.next();
        ByteBuf body =
                ByteBufUtil.writeUtf8(
                        allocator,
                        ProblemView.of(problem, "the request could not be parsed", requestId)
                                .toJson());
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.status()), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(RequestIds.HEADER, requestId);
        if (target.startsWith(Tus.PATH)) {
            response.headers().set(Tus.RESUMABLE, Tus.VERSION);
        }
        return response;
    }
}
