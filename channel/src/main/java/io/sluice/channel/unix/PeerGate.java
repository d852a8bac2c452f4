package io.sluice.channel.unix;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.Connections;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a connection be only when the kernel names an allowed user at its other end. It stands first
 * and checks before the first read, so a stranger's bytes are never looked at.
 */
public final class PeerGate extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(PeerGate.class);

    private final AllowedUids allowed;
    private final ChannelMetrics metrics;

    /** Lets those in, and counts the others. */
    public PeerGate(AllowedUids allowed, ChannelMetrics metrics) {
        this.allowed = allowed;
        this.metrics = metrics;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws IOException {
        PeerCredentials peer = ((EpollDomainSocketChannel) ctx.channel()).peerCredentials();
        if (allowed.contains(peer.uid())) {
            ctx.fireChannelActive();
        } else {
            metrics.peerRefused("uid");
            log.atWarn()
                    .addKeyValue("uid", peer.uid())
                    .addKeyValue("pid", peer.pid())
                    .log(
                            "connection refused: uid {} is not among {};"
                                    + " sluice.channel.unix.allowed-uids lets it in",
                            peer.uid(),
                            allowed);
            Connections.close(ctx.channel());
        }
    }
}
