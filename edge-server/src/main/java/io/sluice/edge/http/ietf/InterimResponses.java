package io.sluice.edge.http.ietf;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Sends 104 (Upload Resumption Supported) to a client that speaks a version of the draft, and
 * nothing to any other one (section "Draft Version Identification"), nor to HTTP/1.0. Where the
 * connection can't take them, nothing is sent.
 *
 * <p>They go out from the codec's place in the pipeline: reactor-netty would take one that is
 * written behind it for the answer.
 */
public final class InterimResponses {
    private static final HttpResponseStatus STATUS =
            new HttpResponseStatus(104, "Upload Resumption Supported");

    private final Channel channel;
    private final InteropVersion version;
    private final boolean isUnderstood;

    private InterimResponses(Channel channel, InteropVersion version, boolean isUnderstood) {
        this.channel = channel;
        this.version = version;
        this.isUnderstood = isUnderstood;
    }

    /** To the client of a request. */
    public static InterimResponses to(HttpServerRequest request, InteropVersion version) {
        return new InterimResponses(
                ((Connection) request).channel(),
                version,
                version.isTold() && !request.version().equals(HttpVersion.HTTP_1_0));
    }

    /**
     * Tells where the upload is and what its limits are.
     *
     * @return whether the client will hear of it, if it is still there
     */
    public boolean announce(String location, String limits) {
        if (isUnderstood) {
            send(
                    new DefaultHttpHeaders()
                            .set(HttpHeaderNames.LOCATION, location)
                            .set(Ietf.LIMIT, limits));
        }
        return isUnderstood;
    }

    /** Tells how many bytes the upload has; null if the client would not understand. */
    public @Nullable LongConsumer progress() {
        return isUnderstood
                ? offset -> send(new DefaultHttpHeaders().set(Ietf.OFFSET, offset))
                : null;
    }

    private void send(HttpHeaders fields) {
        fields.set(Ietf.VERSION, version.number());
        channel.eventLoop()
                .execute(() -> {
                    ChannelHandlerContext codec =
                            channel.pipeline().context(NettyPipeline.HttpTrafficHandler);
                    if (codec != null && channel.isActive()) {
                        var _ =
                                codec.writeAndFlush(
                                        new DefaultFullHttpResponse(
                                                HttpVersion.HTTP_1_1,
                                                STATUS,
                                                Unpooled.EMPTY_BUFFER,
                                                fields,
                                                EmptyHttpHeaders.INSTANCE));
                    }
                });
    }
}
