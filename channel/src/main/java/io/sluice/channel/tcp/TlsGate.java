package io.sluice.channel.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.Connections;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind TLS: the frames' handlers hear of a connection only when the handshake has
 * succeeded, for this protocol, and the peer's certificate has an allowed name.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(TlsGate.class);

    private final AllowedNames allowed;
    private final ChannelMetrics metrics;
    private State state = State.HANDSHAKE;

    private enum State {
        HANDSHAKE,
        ADMITTED,
        REFUSED
    }

    TlsGate(AllowedNames allowed, ChannelMetrics metrics) {
        this.allowed = allowed;
        this.metrics = metrics;
    }

    /** Too early: told when the peer is known. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        log.atTrace().addKeyValue("peer", ctx.channel().remoteAddress()).log("handshake begins");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                identify(ctx);
            } else {
                fail(ctx, handshake.cause());
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void identify(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (!TlsContext.PROTOCOL.equals(tls.applicationProtocol())) {
            refuse(ctx, Refusal.PROTOCOL, String.valueOf(tls.applicationProtocol()));
            return;
        }
        try {
            X509Certificate certificate =
                    (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
            List<String> names = AllowedNames.of(certificate);
            if (allowed.admits(certificate)) {
                state = State.ADMITTED;
                log.atDebug().addKeyValue("names", names).log("peer identified");
                ctx.fireChannelActive();
            } else {
                refuse(ctx, Refusal.NAME, names.toString());
            }
        } catch (SSLPeerUnverifiedException e) {
            refuse(ctx, Refusal.NO_CERTIFICATE, e.toString());
        } catch (CertificateParsingException e) {
            refuse(ctx, Refusal.NAME, e.toString());
        }
    }

    /** An authority may sign strange names; a log line must not be forged by one. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            log.atInfo()
                    .addKeyValue("peer", ctx.channel().remoteAddress())
                    .log("the peer closed the connection during the TLS handshake");
        } else {
            refuse(ctx, Refusal.of(cause), cause.toString());
        }
    }

    private void refuse(ChannelHandlerContext ctx, Refusal refusal, String detail) {
        if (state == State.REFUSED) {
            return;
        }
        state = State.REFUSED;
        metrics.peerRefused(refusal.word());
        log.atWarn()
                .addKeyValue("reason", refusal.word())
                .log(
                        "connection with {} refused: {} ({})",
                        ctx.channel().remoteAddress(),
                        refusal.sentence(),
                        printable(detail));
        Connections.close(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (state == State.ADMITTED) {
            ctx.fireChannelRead(bytes);
        } else {
            ReferenceCountUtil.release(bytes);
        }
    }

    /** What TLS says is no bug of this end; what else goes wrong is for those behind. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable fault =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        if (fault instanceof SSLException) {
            endBy(ctx, fault);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void endBy(ChannelHandlerContext ctx, Throwable fault) {
        if (state == State.ADMITTED && Refusal.of(fault) == Refusal.ALERT) {
            // In TLS 1.3 a client is done before the server has looked at its certificate.
            refuse(ctx, Refusal.ALERT, fault.toString());
        } else if (state == State.ADMITTED) {
            log.atInfo()
                    .addKeyValue("peer", ctx.channel().remoteAddress())
                    .log("connection broken: {}", fault.getMessage());
        }
        Connections.close(ctx.channel());
    }
}
