package io.sluice.channel.shm;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.unix.SocketListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Connects and accepts as the transport does, but hands the rings to the test's thread. */
final class RawRings {
    private RawRings() {}

    /** An edge that offers these rings, of whatever kind. */
    static RingByteChannel offer(Path address, SealedFile rings) throws IOException {
        ShmEnd end = ShmEnd.open();
        RingByteChannel made = new RingByteChannel(end);
        ChannelFuture connected =
                new Bootstrap()
                        .group(end.control())
                        .channel(EpollDomainSocketChannel.class)
                        .option(
                                UnixChannelOption.DOMAIN_SOCKET_READ_MODE,
                                DomainSocketReadMode.FILE_DESCRIPTORS)
                        .handler(
                                new ControlSocket(
                                        List.of(rings.descriptor(), end.bellDescriptor()), 1, made))
                        .connect(new DomainSocketAddress(address.toFile()))
                        .syncUninterruptibly();
        made.socket(connected.channel());
        return made;
    }

    /** An edge whose rings were taken. */
    static RingByteChannel connect(Path address, int ringSize) throws IOException {
        try (SealedFile rings = Segment.create(ringSize)) {
            RingByteChannel made = offer(address, rings);
            made.attach(Link.attach(rings, made.exchanged().getFirst(), Link.Side.EDGE));
            return made;
        }
    }

    /** Something that takes what edges offer. */
    static Ends.RawListener listen(ChannelProperties.Unix settings, String name)
            throws IOException {
        SocketListener listener = new SocketListener(settings, name, ShmProcessorTransport.SUFFIX);
        ShmEnd end = ShmEnd.open();
        BlockingQueue<RingByteChannel> accepted = new LinkedBlockingQueue<>();
        listener.listenForDescriptors(end.control(), accepting(accepted));
        return new Ends.RawListener() {
            @Override
            public RawPeer accept() throws IOException {
                return new RawPeer(taken(accepted));
            }

            @Override
            public void close() {
                listener.close();
                end.close();
            }
        };
    }

    private static ChannelHandler accepting(BlockingQueue<RingByteChannel> accepted) {
        return new ChannelInitializer<EpollDomainSocketChannel>() {
            @Override
            protected void initChannel(EpollDomainSocketChannel socket) {
                RingByteChannel made = new RingByteChannel(ShmEnd.open());
                made.socket(socket);
                socket.pipeline().addLast(new ControlSocket(List.of(), 2, made));
                socket.config().setAutoRead(true);
                accepted.add(made);
            }
        };
    }

    private static RingByteChannel taken(BlockingQueue<RingByteChannel> accepted)
            throws IOException {
        try {
            RingByteChannel made = Waiting.next(accepted);
            List<FileDescriptor> offered = made.exchanged();
            try (SealedFile rings = SealedFile.received(offered.getFirst())) {
                made.attach(Link.attach(rings, offered.getLast(), Link.Side.PROCESSOR));
            }
            made.answer();
            return made;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
