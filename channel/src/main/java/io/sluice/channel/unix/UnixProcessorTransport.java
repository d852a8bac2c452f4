package io.sluice.channel.unix;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Transport;
import io.sluice.channel.frame.ChannelLoop;
import io.sluice.channel.frame.ChannelMetrics;
import io.sluice.channel.frame.ProcessorTransport;
import java.io.IOException;

/** Listens on a Unix socket of its own, {@code processor-<name>.sock} in the directory. */
public final class UnixProcessorTransport implements ProcessorTransport {
    static final String SUFFIX = ".sock";

    private final SocketListener listener;

    /**
     * Does nothing yet.
     *
     * @param name of the socket, unique among the processors that run
     */
    public UnixProcessorTransport(ChannelProperties.Unix settings, String name) {
        listener = new SocketListener(settings, name, SUFFIX);
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
        listener.listen(loop.group(), initializer);
    }

    @Override
    public void stopListening() {
        listener.close();
    }

    @Override
    public void guard(Channel channel, ChannelMetrics metrics) {
        channel.pipeline().addLast(new PeerGate(listener.allowed(), metrics));
    }
}
