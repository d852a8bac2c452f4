package io.sluice.channel.frame;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import io.sluice.channel.ChannelProperties;
import io.sluice.model.wire.Frame;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings the peer, answers its pings, and closes a connection on which no frame has come for the
 * timeout: a peer that hangs is as lost as one that is gone. It stands behind the handshake, so a
 * peer that never says Hello is lost too.
 */
final class Heartbeat extends SimpleChannelInboundHandler<Frame> {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final long intervalNanos;
    private final long timeoutNanos;
    private long lastRead;
    private boolean hasRead; // since lastRead was set
    private long nonce;
    private @Nullable Future<?> next;

    Heartbeat(ChannelProperties.Ping ping) {
        intervalNanos = ping.interval().toNanos();
        timeoutNanos = ping.timeout().toNanos();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        lastRead = System.nanoTime();
        next = ctx.executor().schedule(() -> beat(ctx), intervalNanos, TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    private void beat(ChannelHandlerContext ctx) {
        long left = timeoutNanos - (System.nanoTime() - lastRead);
        if (left <= 0) {
            log.atWarn()
                    .addKeyValue("channel", ctx.channel().id())
                    .log("peer lost: no frame for {}", Duration.ofNanos(timeoutNanos));
            Connections.close(ctx.channel());
            return;
        }
        Connections.send(ctx.channel(), Frames.ping(++nonce));
        next =
                ctx.executor()
                        .schedule(
                                () -> beat(ctx),
                                Math.min(left, intervalNanos),
                                TimeUnit.NANOSECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        hasRead = true;
        switch (frame.getKindCase()) {
            case PING -> Connections.send(ctx.channel(), Frames.pong(frame.getPing().getNonce()));
            case PONG -> {
                if (Long.compareUnsigned(frame.getPong().getNonce(), nonce) > 0) {
                    throw new ProtocolViolation("a PONG without its PING");
                }
            }
            default -> ctx.fireChannelRead(frame);
        }
    }

    /** One look at the clock for all the frames that came together. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (hasRead) {
            hasRead = false;
            lastRead = System.nanoTime();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (next != null) {
            next.cancel(false);
        }
        ctx.fireChannelInactive();
    }
}
