package io.sluice.edge.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.util.Optional;

/**
 * Keeps the trailer fields of the request under way, which reactor-netty (1.3.7) drops. It stands
 * behind the traffic handler, where requests come one at a time; the decoder bounds what there can
 * be. Confined to the connection's event loop.
 */
public final class Trailers extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<HttpHeaders> KEY = AttributeKey.valueOf("sluice.trailers");

    Trailers() {}

    /** The field's value behind the body that has just ended. */
    public static Optional<String> get(Channel channel, String name) {
        return Optional.ofNullable(channel.attr(KEY).get()).map(fields -> fields.get(name));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            context.channel().attr(KEY).set(null);
        }
        if (message instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
            context.channel().attr(KEY).set(last.trailingHeaders());
        }
        context.fireChannelRead(message);
    }
}
