package io.sluice.channel.frame;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands last: whatever went wrong on a connection closes this connection, with its reason in the
 * log, and nothing else.
 */
final class FaultGate extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(FaultGate.class);

    private final ChannelMetrics metrics;

    FaultGate(ChannelMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable fault =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        switch (fault) {
            case ProtocolViolation violation -> {
                metrics.frameRefused();
                log.atWarn()
                        .addKeyValue("channel", ctx.channel().id())
                        .log(
                                "connection closed, the peer broke the protocol: {}",
                                violation.getMessage());
            }
            case IOException broken ->
                    log.atInfo()
                            .addKeyValue("channel", ctx.channel().id())
                            .log("connection broken: {}", broken.getMessage());
            default ->
                    log.atError()
                            .addKeyValue("channel", ctx.channel().id())
                            .setCause(fault)
                            .log("connection closed: a bug in this end");
        }
        Connections.close(ctx.channel());
    }
}
