package io.sluice.channel.shm;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge's end: it makes the rings and offers them to the processor. */
final class ShmEdgeChannel extends ShmChannel {
    private static final Logger log = LoggerFactory.getLogger(ShmEdgeChannel.class);

    private final ShmEnd end;
    private final int ringSize;
    private @Nullable SealedFile rings;
    private @Nullable ChannelPromise connecting;

    ShmEdgeChannel(ShmEnd end, int ringSize) {
        this.end = end;
        this.ringSize = ringSize;
    }

    @Override
    void connect(DomainSocketAddress address, ChannelPromise promise) {
        connecting = promise;
        try {
            SealedFile offered = Segment.create(ringSize);
            rings = offered;
            ChannelFuture socket = dial(address, offered.descriptor());
            control(socket.channel());
            socket.addListener(done -> {
                if (!done.isSuccess()) {
                    gone(new IOException("no processor listens", done.cause()));
                }
            });
            // Not before: the number that is sent must not name another file by then.
            socket.channel().closeFuture().addListener(_ -> discard(offered));
        } catch (IOException e) {
            abandon(e);
        }
    }

    private ChannelFuture dial(DomainSocketAddress address, FileDescriptor offered) {
        ControlSocket exchange = new ControlSocket(List.of(offered, end.bellDescriptor()), 1, this);
        return new Bootstrap()
                .group(end.control())
                .channel(EpollDomainSocketChannel.class)
                .option(
                        UnixChannelOption.DOMAIN_SOCKET_READ_MODE,
                        DomainSocketReadMode.FILE_DESCRIPTORS)
                .handler(
                        new ChannelInitializer<EpollDomainSocketChannel>() {
                            @Override
                            protected void initChannel(EpollDomainSocketChannel socket) {
                                socket.pipeline().addLast(gate(), exchange);
                            }
                        })
                .connect(address);
    }

    private static void discard(SealedFile offered) {
        try {
            offered.close();
        } catch (IOException e) {
            log.warn("shared memory could not be closed", e);
        }
    }

    @Override
    void attach(List<FileDescriptor> received) throws IOException {
        if (rings == null || connecting == null) {
            throw new ClosedChannelException();
        }
        Link link = Link.attach(rings, received.getFirst(), Link.Side.EDGE);
        connecting.trySuccess();
        activate(link);
    }

    @Override
    void abandon(Exception why) {
        if (connecting != null) {
            connecting.tryFailure(why);
        }
    }

    @Override
    protected void doClose() {
        super.doClose();
        abandon(new ClosedChannelException());
    }
}
