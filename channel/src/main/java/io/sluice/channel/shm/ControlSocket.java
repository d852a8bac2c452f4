package io.sluice.channel.shm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.frame.Connections;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of the Unix socket beside the rings: each side sends its descriptors, then nothing more,
 * and the socket's end is the connection's.
 */
final class ControlSocket extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ControlSocket.class);

    /** A peer that takes longer to send some descriptors hangs. */
    private static final long TIMEOUT_SECONDS = 10;

    private final List<FileDescriptor> toSend;
    private final int expected;
    private final Listener listener;
    private final List<FileDescriptor> received = new ArrayList<>(2);
    private boolean isComplete;
    private @Nullable Future<?> timer;

    /** Hears, on the socket's event loop, what the peer does. */
    interface Listener {
        /** All has come; the descriptors are the listener's from now on. */
        void received(List<FileDescriptor> descriptors);

        /** The peer is gone, or never came. */
        void gone(Exception why);
    }

    /**
     * Does nothing until it is added.
     *
     * @param toSend at once; they stay the caller's
     * @param expected from the peer
     */
    ControlSocket(List<FileDescriptor> toSend, int expected, Listener listener) {
        this.toSend = List.copyOf(toSend);
        this.expected = expected;
        this.listener = listener;
    }

    /** Closes what nobody will use. */
    static void discard(List<FileDescriptor> descriptors) {
        for (FileDescriptor descriptor : descriptors) {
            try {
                descriptor.close();
            } catch (IOException e) {
                log.warn("a peer's descriptor could not be closed", e);
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().isOpen()) {
            end();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin(ctx);
        ctx.fireChannelActive();
    }

    private void begin(ChannelHandlerContext ctx) {
        timer =
                ctx.executor()
                        .schedule(
                                () -> Connections.close(ctx.channel()),
                                TIMEOUT_SECONDS,
                                TimeUnit.SECONDS);
        for (FileDescriptor descriptor : toSend) {
            var _ = ctx.write(descriptor, ctx.voidPromise());
        }
        ctx.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        received.add((FileDescriptor) message);
        if (isComplete) {
            log.warn("connection closed, the peer broke the protocol: it sent one more descriptor");
            Connections.close(ctx.channel());
        } else if (received.size() == expected) {
            isComplete = true;
            stopTimer();
            listener.received(List.copyOf(received));
            received.clear();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    private void end() {
        stopTimer();
        discard(received);
        received.clear();
        listener.gone(new ConnectException("the peer left before memory was shared"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.info("connection broken: {}", cause.getMessage());
        Connections.close(ctx.channel());
    }
}
