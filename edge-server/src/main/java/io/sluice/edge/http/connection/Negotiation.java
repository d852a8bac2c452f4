package io.sluice.edge.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until TLS has found out which HTTP is spoken, and the handlers for it are in place; then
 * adds the guards. It stands behind TLS and before who puts those handlers there, and stays: a
 * client whose TLS is broken is no fault that anybody behind it has to hear of.
 */
final class Negotiation extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Negotiation.class);

    private final Connections connections;

    Negotiation(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            context.fireUserEventTriggered(event);
            if (context.channel().isActive()) {
                connections.guardNegotiated(context.channel());
            }
        } else {
            end(context, handshake.cause());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException
                || (cause instanceof DecoderException
                        && cause.getCause() instanceof SSLException)) {
            end(context, cause);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private void end(ChannelHandlerContext context, Throwable cause) {
        log.atDebug()
                .addKeyValue("peer", context.channel().remoteAddress())
                .log("TLS connection ended: {}", cause.getMessage());
        if (context.channel().isOpen()) {
            connections.countEnd(EndReason.TLS);
            var _ = context.close();
        }
    }
}
