package io.sluice.channel.shm;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processor's end: it takes the rings that an edge offers. */
final class ShmProcessorChannel extends ShmChannel {
    private static final Logger log = LoggerFactory.getLogger(ShmProcessorChannel.class);

    private final ShmEnd end;
    private final EpollDomainSocketChannel socket;

    ShmProcessorChannel(ShmEnd end, EpollDomainSocketChannel socket) {
        this.end = end;
        this.socket = socket;
        control(socket);
    }

    /** Begins to read the socket, on which nothing was read so far: there is a gate by now. */
    void begin() {
        socket.eventLoop()
                .execute(() -> {
                    socket.pipeline().addLast(gate(), new ControlSocket(List.of(), 2, this));
                    // It became so before these two were there to hear it.
                    socket.pipeline().fireChannelActive();
                    socket.config().setAutoRead(true);
                });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a socket that can't be written to has ended
    void attach(List<FileDescriptor> received) throws IOException {
        SealedFile rings = SealedFile.received(received.getFirst());
        Link link = Link.attach(rings, received.getLast(), Link.Side.PROCESSOR);
        socket.writeAndFlush(end.bellDescriptor(), socket.voidPromise());
        activate(link);
    }

    @Override
    void abandon(Exception why) {
        Channel of = this;
        log.atDebug().addKeyValue("channel", of.id()).setCause(why).log("no edge after all");
    }
}
