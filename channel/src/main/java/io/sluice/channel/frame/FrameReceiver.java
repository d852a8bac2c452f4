package io.sluice.channel.frame;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.ReceivedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives jobs over a stream transport. {@link #slots} is the event loop's. */
public final class FrameReceiver implements JobReceiver {
    private static final Logger log = LoggerFactory.getLogger(FrameReceiver.class);

    private final ProcessorTransport transport;
    private final InstantSource clock;
    private final Pipeline pipeline;
    private final String identity;
    private final Slots slots;
    private final ChannelLoop loop;
    private boolean isStarted; // guarded by this

    /**
     * Does nothing yet.
     *
     * @param transport of its own
     * @param identity how this processor calls itself to the edges
     * @param slots jobs it can work on at once, 1 to 4096
     */
    public FrameReceiver(
            ProcessorTransport transport,
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            int slots) {
        if (slots < 1 || slots > Frames.MAX_CREDIT) {
            throw new IllegalArgumentException(
                    "slots = %d: must be 1 to %d".formatted(slots, Frames.MAX_CREDIT));
        }
        this.transport = transport;
        this.clock = clock;
        this.identity = identity;
        this.slots = new Slots(slots);
        var hello = Handshake.helloOf(identity, properties.capabilities());
        loop = new ChannelLoop("sluice-channel-processor", transport.ioHandler());
        pipeline =
                new Pipeline(
                        loop,
                        transport::guard,
                        Pipeline::frames,
                        transport.takesDescriptors() ? Handshake.withDescriptors(hello) : hello,
                        properties.ping(),
                        new ChannelMetrics(registry, transport.kind(), properties.group()),
                        Mirror.off());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when a running processor is there already, or the place is open
     *     to others
     * @throws UncheckedIOException when it can't listen
     */
    @Override
    public synchronized void start(Consumer<ReceivedJob> handler) {
        if (isStarted) {
            throw new IllegalStateException("the receiver is started already");
        }
        isStarted = true;
        try {
            transport.listen(
                    loop,
                    new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel edge) {
                            ConnectionMeter meter = pipeline.meter();
                            pipeline.install(
                                    edge,
                                    new ProcessorConnection(
                                            edge, loop, slots, handler, clock, meter),
                                    meter);
                        }
                    });
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e.getMessage(), e);
        }
        log.atInfo().addKeyValue("processor", identity).log("listening for edges");
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        transport.stopListening();
        loop.run(() -> {
            slots.connections().forEach(ProcessorConnection::goAway);
            slots.drain();
        });
        try {
            slots.drained().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            log.atInfo().addKeyValue("processor", identity).log("drained");
            return true;
        } catch (TimeoutException e) {
            log.atWarn()
                    .addKeyValue("processor", identity)
                    .log("not drained: jobs are still in hand after {}", timeout);
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("draining can't fail", e);
        }
    }

    @Override
    public void close() {
        transport.stopListening();
        loop.close();
    }
}
