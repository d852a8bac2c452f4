package io.sluice.channel.unix;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.util.AttributeKey;
import io.sluice.channel.descriptor.DescriptorChannel;
import io.sluice.channel.descriptor.OpenPair;
import io.sluice.channel.descriptor.PassedSource;
import io.sluice.channel.frame.Connections;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over which descriptors come beside the bytes. Netty, which accepts it, reads either
 * the one or the other: once its peer is let in, it is read here, and Netty's own end is closed.
 */
record TakenSocket(EpollDomainSocketChannel socket, DescriptorChannel channel) {
    private static final Logger log = LoggerFactory.getLogger(TakenSocket.class);
    private static final AttributeKey<TakenSocket> KEY = AttributeKey.valueOf("taken-socket");

    /** Of a socket that was just accepted, on its event loop, and that nobody reads. */
    static TakenSocket of(EpollDomainSocketChannel socket) {
        TakenSocket taken = new TakenSocket(socket, new DescriptorChannel(new PassedSource()));
        taken.channel.attr(KEY).set(taken);
        socket.closeFuture().addListener(_ -> taken.channel.closeUnlessActive());
        return taken;
    }

    /** Where to put what decides who may be at a connection's other end, before it is read. */
    static ChannelPipeline guarded(Channel channel) {
        TakenSocket taken = channel.attr(KEY).get();
        return taken == null ? channel.pipeline() : taken.socket.pipeline();
    }

    /** Takes the socket over once the gate has let its peer in. */
    void begin() {
        socket.pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext ctx) {
                                takeOver();
                            }
                        });
    }

    private void takeOver() {
        try {
            channel.open(OpenPair.ofSocket(socket.fd()));
        } catch (IOException e) {
            log.warn("connection closed: it can't be read: {}", e.getMessage());
        } finally {
            // First out of epoll: it would go on to tell of what stays open under other numbers.
            socket.deregister().addListener(_ -> Connections.close(socket));
        }
    }
}
