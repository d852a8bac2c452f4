package io.sluice.channel.shm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.frame.ChannelLoop;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.Connections;
import io.sluice.channel.frame.ProcessorTransport;
import io.sluice.channel.unix.PeerGate;
import io.sluice.channel.unix.SocketListener;
import java.io.IOException;

/** Takes rings over a Unix socket of its own, {@code processor-<name>.shm} in the directory. */
public final class ShmProcessorTransport implements ProcessorTransport {
    static final String SUFFIX = ".shm";

    private final SocketListener listener;
    private final ShmEnd end;

    /**
     * Makes the doorbell, and does nothing more yet.
     *
     * @param name of the socket, unique among the processors that run
     * @throws java.io.UncheckedIOException when memory can't be shared on this machine
     */
    public ShmProcessorTransport(ChannelProperties.Unix settings, String name) {
        listener = new SocketListener(settings, name, SUFFIX);
        end = ShmEnd.open();
    }

    @Override
    public Transport kind() {
        return Transport.SHM;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return end.ioHandler();
    }

    /** For how often its event loop goes round. */
    ShmEnd end() {
        return end;
    }

    @Override
    public void listen(ChannelLoop loop, ChannelHandler initializer) throws IOException {
        listener.listenForDescriptors(
                end.control(),
                new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel socket) {
                        accept(socket, loop, initializer);
                    }
                });
    }

    private void accept(
            EpollDomainSocketChannel socket, ChannelLoop loop, ChannelHandler initializer) {
        ShmProcessorChannel made = new ShmProcessorChannel(end, socket);
        made.pipeline().addLast(initializer);
        EventLoopGroup group = loop.group();
        group.register(made)
                .addListener(done -> {
                    if (done.isSuccess()) {
                        made.begin();
                    } else {
                        Connections.close(socket);
                    }
                });
    }

    @Override
    public void stopListening() {
        listener.close();
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        ((ShmChannel) channel).guard(new PeerGate(listener.allowed(), metrics));
    }
}
