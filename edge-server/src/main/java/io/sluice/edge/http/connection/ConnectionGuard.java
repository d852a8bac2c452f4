package io.sluice.edge.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose client is too slow, and ends a refused one so that the client still reads
 * why. It stands behind reactor-netty's traffic handler, where requests come one at a time.
 *
 * <p>One timer looks at the connection every now and then, instead of timers per message: what an
 * exchange costs is a few field writes. A client is never blamed for time in which the edge itself
 * had stopped reading.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    private final Connections connections;
    private final Patience patience;
    private final Exchange exchange = new Exchange();
    private final OutputProgress output = new OutputProgress();
    private @Nullable Future<?> timer;
    private long deadline;
    private long bodyWindow;
    private boolean wasPaused;
    private boolean isInputBroken;
    private @Nullable Runnable lastAnswer;
    private boolean isLingering;

    ConnectionGuard(Connections connections, Patience patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /** Whether a request is still coming in, so that its client hears of no other one. */
    boolean isReceiving() {
        return exchange.isRequestOpen();
    }

    /** What comes from now on is not understood, but may go on coming. */
    void inputBroke() {
        isInputBroken = true;
    }

    /** Answers what was not understood: now, or behind the answer that is under way. */
    void answerLast(Runnable refusal) {
        if (exchange.isOpen()) {
            lastAnswer = refusal;
        } else {
            refusal.run();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            enter(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        enter(context);
        context.fireChannelActive();
    }

    private void enter(ChannelHandlerContext context) {
        if (timer != null) {
            return;
        }
        long interval = patience.interval().toNanos();
        deadline = System.nanoTime() + patience.header().toNanos();
        timer =
                context.executor()
                        .scheduleWithFixedDelay(
                                () -> look(context), interval, interval, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopLooking();
        context.fireChannelInactive();
    }

    /** The connection goes on in HTTP/2, which has a guard of its own. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopLooking();
    }

    private void stopLooking() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isLingering) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean wasOpen = exchange.isOpen();
        exchange.received(message);
        if (!wasOpen) {
            bodyWindow = System.nanoTime();
        }
        endOfExchange(wasOpen);
        context.fireChannelRead(message);
        if (wasOpen && !exchange.isOpen()) {
            // The answer was quicker than the end of its request. When such a request had waited
            // behind another one, reactor-netty (1.3.7) forgets to read on, and the client's next
            // request would never be seen. To read once too often does no harm.
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && exchange.isCutShort()
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            // What is left of the body will not be read.
            HttpUtil.setKeepAlive(response, false);
        }
        boolean wasOpen = exchange.isOpen();
        exchange.sent(message);
        endOfExchange(wasOpen);
        var _ = context.write(message, promise);
        if (lastAnswer != null && !exchange.isOpen()) {
            Runnable refusal = lastAnswer;
            lastAnswer = null;
            refusal.run();
        }
    }

    private void endOfExchange(boolean wasOpen) {
        if (wasOpen && !exchange.isOpen()) {
            deadline = System.nanoTime() + patience.idle().toNanos();
        }
    }

    private void look(ChannelHandlerContext context) {
        long now = System.nanoTime();
        boolean isPaused = !context.channel().config().isAutoRead();
        wasPaused |= isPaused;
        if (!exchange.isOpen() && now - deadline > 0) {
            end(context, EndReason.SLOW_HEADER);
        } else if (exchange.isRequestOpen() && now - bodyWindow > patience.stall().toNanos()) {
            long bytes = exchange.takeBodyBytes();
            if (bytes < patience.bytesPerStall() && !wasPaused) {
                end(context, EndReason.SLOW_BODY);
            }
            bodyWindow = now;
            wasPaused = isPaused;
        } else if (output.isStalled(context.channel(), now, patience.stall().toNanos())) {
            end(context, EndReason.SLOW_READER);
        }
    }

    private void end(ChannelHandlerContext context, EndReason reason) {
        connections.countEnd(reason);
        var _ = context.close();
    }

    /**
     * A close with unread bytes is a reset, which can take the answer away from a client that has
     * not read it yet. So our side of the connection is ended first, and what still comes is thrown
     * away until the client ends its own.
     */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        boolean hasMore = exchange.isRequestOpen() || isInputBroken;
        if (hasMore
                && !isLingering
                && !patience.linger().isZero()
                && context.channel() instanceof DuplexChannel channel
                && channel.isActive()) {
            isLingering = true;
            Linger.begin(context, channel, promise, patience.linger());
        } else {
            var _ = context.close(promise);
        }
    }
}
