package io.sluice.channel.shm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.frame.ProtocolViolation;
import io.sluice.channel.unix.PeerGate;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection through two rings. It is active from when the ends have exchanged their memory over
 * the control socket, to the end of that socket: the kernel closes it when a peer is killed,
 * however that happens. Everything runs on the event loop, except for what the control socket
 * tells.
 */
abstract sealed class ShmChannel extends AbstractChannel implements ControlSocket.Listener
        permits ShmEdgeChannel, ShmProcessorChannel {
    private static final Logger log = LoggerFactory.getLogger(ShmChannel.class);
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private @Nullable IoRegistration registration;
    private volatile @Nullable Link link;
    private @Nullable Channel control;
    private volatile @Nullable PeerGate gate;
    private volatile boolean closed;
    private boolean readPending;

    /** Bytes of the record that had no room; 0 when nothing is stuck. */
    private int stuck;

    ShmChannel() {
        super(null);
    }

    /** Set while the channel is initialized. */
    void guard(PeerGate before) {
        gate = before;
    }

    PeerGate gate() {
        return Objects.requireNonNull(gate, "the channel's initializer sets a gate");
    }

    /** The socket whose end is this connection's. */
    void control(Channel socket) {
        control = socket;
    }

    /** The memory is exchanged: from here on frames go through it. */
    void activate(Link attached) {
        link = attached;
        pipeline().fireChannelActive();
    }

    /** Uses what the peer sent; the caller closes it. On the event loop. */
    abstract void attach(List<FileDescriptor> received) throws IOException;

    /** The connection can't come about, for which nobody but its maker need be told. */
    abstract void abandon(Exception why);

    @Override
    public final void received(List<FileDescriptor> descriptors) {
        try {
            eventLoop().execute(() -> take(descriptors));
        } catch (RejectedExecutionException e) {
            log.debug("the event loop has ended", e);
            ControlSocket.discard(descriptors);
        }
    }

    private void take(List<FileDescriptor> descriptors) {
        try {
            if (link == null && !closed) {
                attach(descriptors);
            }
        } catch (IOException | ProtocolViolation e) {
            pipeline().fireExceptionCaught(e);
        } finally {
            ControlSocket.discard(descriptors);
        }
    }

    @Override
    public final void gone(Exception why) {
        try {
            eventLoop().execute(() -> end(why));
        } catch (RejectedExecutionException e) {
            log.debug("the event loop has ended", e);
        }
    }

    /** What the peer had written before it left is there, and is read first. */
    private void end(Exception why) {
        if (link == null) {
            abandon(why);
        }
        long end = link == null ? 0 : link.in().end();
        while (link != null && readPending && !link.in().hasReached(end)) {
            read(link);
        }
        unsafe().close(voidPromise());
    }

    private void read(Link from) {
        readPending = false;
        ByteBuf bytes;
        try {
            bytes = from.in().read(config.getAllocator());
            from.free();
        } catch (RuntimeException e) {
            // Of the peer's or our own fault: it must not end the event loop.
            pipeline().fireExceptionCaught(e);
            return;
        }
        pipeline().fireChannelRead(bytes);
        pipeline().fireChannelReadComplete();
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        try {
            stuck = 0;
            stuck = Outflow.drain(out, () -> link);
        } catch (RuntimeException e) {
            // Of the peer's or our own fault: Netty would only say that writing is over.
            pipeline().fireExceptionCaught(e);
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException(message.getClass() + " can't be written to a ring");
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        var _ =
                ((IoEventLoop) eventLoop())
                        .register((ShmUnsafe) unsafe())
                        .addListener(done -> {
                            if (done.isSuccess()) {
                                registration = (IoRegistration) done.getNow();
                                promise.setSuccess();
                            } else {
                                promise.setFailure(done.cause());
                            }
                        });
    }

    @Override
    protected void doDeregister() {
        if (registration != null) {
            registration.cancel();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // its end is told to gone()
    protected void doClose() {
        closed = true;
        if (control != null) {
            control.close();
        }
        if (link != null) {
            link.close();
            link = null;
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a ring has no address");
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isCompatible(ShmUnsafe.class);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return link != null;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new ShmUnsafe();
    }

    /** Begins to connect; of the channels only an edge's does. */
    void connect(DomainSocketAddress address, ChannelPromise promise) {
        throw new UnsupportedOperationException("a processor doesn't connect");
    }

    /** The channel as its event loop sees it. */
    private final class ShmUnsafe extends AbstractUnsafe implements ShmIoHandler.ShmHandle {
        @Override
        public void connect(
                SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            if (promise.setUncancellable() && ensureOpen(promise)) {
                ShmChannel.this.connect((DomainSocketAddress) remote, promise);
            }
        }

        @Override
        public boolean isReady() {
            Link now = link;
            return now != null
                    && ((readPending && !now.in().isEmpty())
                            || (stuck > 0 && now.out().mayHaveRoom(stuck)));
        }

        @Override
        public void turn() {
            Link now = link;
            if (now != null && stuck > 0 && now.out().mayHaveRoom(stuck)) {
                flush0();
            }
            if (link != null && readPending && !link.in().isEmpty()) {
                read(link);
            }
        }

        @Override
        public void ring() {
            if (link != null) {
                link.ring();
            }
        }

        @Override
        public void handle(IoRegistration of, IoEvent event) {
            throw new UnsupportedOperationException("rings have no events");
        }

        @Override
        public void close() {
            close(voidPromise());
        }
    }
}
