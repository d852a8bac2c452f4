package io.sluice.channel.pipe;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.sluice.channel.descriptor.DescriptorChannel;
import io.sluice.channel.descriptor.OpenPair;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens pipes beside the event loop, as files and processes make one wait. What waits is bounded by
 * the links, each of which has one try at a time.
 */
final class Opener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Opener.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ExecutorService threads;

    /**
     * With threads of its own.
     *
     * @param count how many sources can take their time at once
     */
    Opener(int count) {
        threads =
                Executors.newFixedThreadPool(
                        count,
                        Thread.ofPlatform().name("sluice-channel-pipes-", 1).daemon().factory());
    }

    /** Finds the ends for a channel. */
    interface Source {
        OpenPair open(DescriptorChannel channel) throws IOException, InterruptedException;
    }

    /** Makes a channel at once, which is active or closed once the source has opened its ends. */
    ChannelFuture connect(EventLoop loop, ChannelHandler initializer, Source source) {
        DescriptorChannel channel = new DescriptorChannel();
        channel.pipeline().addLast(initializer);
        ChannelPromise opened = channel.newPromise();
        loop.register(channel)
                .addListener(registered -> {
                    if (registered.isSuccess()) {
                        open(loop, channel, source, opened);
                    } else {
                        fail(channel, opened, registered.cause());
                    }
                });
        return opened;
    }

    private void open(
            EventLoop loop, DescriptorChannel channel, Source source, ChannelPromise opened) {
        try {
            threads.execute(() -> {
                try {
                    OpenPair pair = source.open(channel);
                    hand(loop, channel, pair, opened);
                } catch (IOException | RuntimeException e) {
                    later(loop, () -> fail(channel, opened, e));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    later(loop, () -> fail(channel, opened, e));
                }
            });
        } catch (RejectedExecutionException e) {
            fail(channel, opened, e);
        }
    }

    private static void hand(
            EventLoop loop, DescriptorChannel channel, OpenPair pair, ChannelPromise opened)
            throws IOException {
        boolean handed =
                later(
                        loop,
                        () -> {
                            if (channel.isOpen()) {
                                opened.trySuccess();
                                channel.open(pair);
                            } else {
                                drop(pair);
                            }
                        });
        if (!handed) {
            pair.close();
        }
    }

    static boolean later(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("the event loop has ended", e);
            return false;
        }
    }

    private static void drop(OpenPair pair) {
        try {
            pair.close();
        } catch (IOException e) {
            log.warn("a pipe could not be closed", e);
        }
    }

    private static void fail(DescriptorChannel channel, ChannelPromise opened, Throwable cause) {
        opened.tryFailure(cause);
        channel.unsafe().close(channel.voidPromise());
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
