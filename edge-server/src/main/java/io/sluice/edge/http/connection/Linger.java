package io.sluice.edge.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose client still sends. A close with unread bytes is a reset, which can
 * take our last words away from a client that has not read them yet. So our side is ended first,
 * and whoever began this throws away what still comes until the client ends its own.
 */
final class Linger {
    private Linger() {}

    /** Begins it; the channel is closed in the end, at the latest after that time. */
    static void begin(
            ChannelHandlerContext context,
            DuplexChannel channel,
            ChannelPromise promise,
            Duration longest) {
        Runnable end =
                () -> {
                    var _ = context.close();
                };
        Future<?> last =
                context.executor().schedule(end, longest.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture()
                .addListener(_ -> {
                    last.cancel(false);
                    promise.trySuccess();
                });
        endOutput(channel)
                .addListener(shutdown -> {
                    if (!shutdown.isSuccess()) {
                        end.run();
                    }
                });
        channel.config().setAutoRead(true);
    }

    /** TLS says its own goodbye first, as its client takes a bare end for an attack. */
    private static Future<Void> endOutput(DuplexChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return channel.shutdownOutput();
        }
        ChannelPromise ended = channel.newPromise();
        tls.closeOutbound()
                .addListener(_ -> {
                    var _ = channel.shutdownOutput(ended);
                });
        return ended;
    }
}
