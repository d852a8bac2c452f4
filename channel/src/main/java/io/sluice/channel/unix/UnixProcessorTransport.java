package io.sluice.channel.unix;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.frame.ChannelLoop;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.Connections;
import io.sluice.channel.frame.ProcessorTransport;
import java.io.IOException;

/** Listens on a Unix socket of its own, {@code processor-<name>.sock} in the directory. */
public final class UnixProcessorTransport implements ProcessorTransport {
    static final String SUFFIX = ".sock";

    private final SocketListener listener;
    private final boolean takesDescriptors;

    /**
     * Does nothing yet.
     *
     * @param name of the socket, unique among the processors that run
     */
    public UnixProcessorTransport(ChannelProperties.Unix settings, String name) {
        listener = new SocketListener(settings, name, SUFFIX);
        takesDescriptors = settings.passDescriptors();
    }

    @Override
    public Transport kind() {
        return Transport.UNIX;
    }

    @Override
    public IoHandlerFactory ioHandler() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public void listen(ChannelLoop loop, ChannelHandler initializer) throws IOException {
        if (takesDescriptors) {
            listener.listenForDescriptors(
                    loop.group(),
                    new ChannelInitializer<EpollDomainSocketChannel>() {
                        @Override
                        protected void initChannel(EpollDomainSocketChannel socket) {
                            accept(socket, loop, initializer);
                        }
                    });
        } else {
            listener.listen(loop.group(), initializer);
        }
    }

    private static void accept(
            EpollDomainSocketChannel socket, ChannelLoop loop, ChannelHandler initializer) {
        TakenSocket made = TakenSocket.of(socket);
        made.channel().pipeline().addLast(initializer);
        EventLoopGroup group = loop.group();
        // At once: it is the event loop that runs this.
        group.register(made.channel())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        made.begin();
                    } else {
                        Connections.close(socket);
                    }
                });
    }

    @Override
    public boolean takesDescriptors() {
        return takesDescriptors;
    }

    @Override
    public void stopListening() {
        listener.close();
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        TakenSocket.guarded(channel).addLast(new PeerGate(listener.allowed(), metrics));
    }
}
