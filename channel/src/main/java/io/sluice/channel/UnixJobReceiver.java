package io.sluice.channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives jobs over a Unix socket of its own, {@code processor-<name>.sock} in the configured
 * directory. {@link #slots} is the event loop's; the rest is guarded by this.
 */
public final class UnixJobReceiver implements JobReceiver {
    private static final Logger log = LoggerFactory.getLogger(UnixJobReceiver.class);
    private static final Pattern NAME = Pattern.compile("[\\w-]{1,32}");

    /** More edges than this at one processor are somebody's mistake. */
    private static final int BACKLOG = 64;

    private final ChannelProperties properties;
    private final InstantSource clock;
    private final Pipeline pipeline;
    private final String name;
    private final Slots slots;
    private final ChannelLoop loop = new ChannelLoop("sluice-channel-processor");
    private @Nullable SocketFile file;
    private @Nullable Channel listener;

    /**
     * Does nothing yet.
     *
     * @param identity how this processor calls itself to the edges
     * @param slots jobs it can work on at once, 1 to 4096
     * @param name of its socket, unique among the processors that run
     */
    public UnixJobReceiver(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            int slots,
            String name) {
        if (slots < 1 || slots > Frames.MAX_CREDIT) {
            throw new IllegalArgumentException(
                    "slots = %d: must be 1 to %d".formatted(slots, Frames.MAX_CREDIT));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name = %s: must be 1 to 32 letters, digits, _ or -".formatted(name));
        }
        this.properties = properties;
        this.clock = clock;
        this.name = name;
        this.slots = new Slots(slots);
        try {
            pipeline =
                    new Pipeline(
                            loop,
                            AllowedUids.of(properties.unix().allowedUids()),
                            Handshake.helloOf(identity),
                            properties.ping(),
                            new ChannelMetrics(registry, Transport.UNIX));
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self can't be read", e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when a running processor has this name, or the directory is
     *     open to others
     * @throws UncheckedIOException when the socket can't be made
     */
    @Override
    public synchronized void start(Consumer<ReceivedJob> handler) {
        if (listener != null) {
            throw new IllegalStateException("the receiver is started already");
        }
        try {
            SocketDirectory directory = SocketDirectory.open(properties.unix().directory());
            SocketFile socket = new SocketFile(directory.socket(name), directory.unready(name));
            socket.claim();
            listener = bind(socket, handler);
            socket.publish();
            file = socket;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(
                    "sluice.channel.unix.directory = %s: can't listen there"
                            .formatted(properties.unix().directory()),
                    e);
        }
        log.atInfo().addKeyValue("processor", name).log("listening for edges");
    }

    private Channel bind(SocketFile socket, Consumer<ReceivedJob> handler) {
        return new ServerBootstrap()
                .group(loop.group())
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel edge) {
                                pipeline.install(
                                        edge,
                                        new ProcessorConnection(edge, loop, slots, handler, clock));
                            }
                        })
                .bind(new DomainSocketAddress(socket.unready().toFile()))
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        stopListening();
        loop.run(() -> {
            slots.connections().forEach(ProcessorConnection::goAway);
            slots.drain();
        });
        try {
            slots.drained().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            log.atInfo().addKeyValue("processor", name).log("drained");
            return true;
        } catch (TimeoutException e) {
            log.atWarn()
                    .addKeyValue("processor", name)
                    .log("not drained: jobs are still in hand after {}", timeout);
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("draining can't fail", e);
        }
    }

    private synchronized void stopListening() {
        try {
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            log.warn("the socket of processor {} could not be removed", name, e);
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    @Override
    public void close() {
        stopListening();
        loop.close();
    }
}
