package io.sluice.channel.group;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.Transport;
import io.sluice.channel.amqp.AmqpDispatcher;
import io.sluice.channel.amqp.AmqpJobReceiver;
import io.sluice.channel.frame.EdgeTransport;
import io.sluice.channel.frame.FrameDispatcher;
import io.sluice.channel.frame.FrameReceiver;
import io.sluice.channel.frame.Mirror;
import io.sluice.channel.frame.ProcessorTransport;
import io.sluice.channel.pipe.ChildEdgeTransport;
import io.sluice.channel.pipe.PipeEdgeTransport;
import io.sluice.channel.pipe.PipeProcessorTransport;
import io.sluice.channel.shm.ShmEdgeTransport;
import io.sluice.channel.shm.ShmProcessorTransport;
import io.sluice.channel.tcp.TcpEdgeTransport;
import io.sluice.channel.tcp.TcpProcessorTransport;
import io.sluice.channel.unix.UnixEdgeTransport;
import io.sluice.channel.unix.UnixProcessorTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/** Makes the two ends of the channel by the groups and the transports that are set. */
public final class Channels {
    private Channels() {}

    /**
     * Starts an edge's end: it connects to the processors, those that are there and those that
     * come.
     *
     * @param identity how this edge calls itself to them
     * @throws UncheckedIOException when the transport can't be used; the message names the setting
     */
    public static Dispatcher dispatcher(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock) {
        return dispatcher(properties, identity, registry, clock, null);
    }

    /**
     * The same, with TLS where the settings ask for it.
     *
     * @param bundles where the settings' SSL bundle is found; null when there are none
     */
    public static Dispatcher dispatcher(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            @Nullable SslBundles bundles) {
        Mirror mirror = Mirror.open(properties, registry, clock);
        Function<ChannelProperties, Dispatcher> starter =
                alone ->
                        toOneGroup(
                                alone,
                                identity,
                                registry,
                                clock,
                                mirror.of(alone.group()),
                                bundles);
        return properties.groups().isEmpty()
                ? starter.apply(properties)
                : GroupDispatcher.start(properties, starter);
    }

    private static Dispatcher toOneGroup(
            ChannelProperties properties,
            String identity,
            MeterRegistry registry,
            InstantSource clock,
            Mirror mirror,
            @Nullable SslBundles bundles) {
        if (properties.transport() == Transport.AMQP) {
            return AmqpDispatcher.start(properties, identity, registry, clock, mirror);
        }
        try {
            return FrameDispatcher.start(
                    edgeTransport(properties, clock, bundles),
                    properties,
                    identity,
                    registry,
                    clock,
                    mirror);
        } catch (IOException e) {
            mirror.close();
            throw new UncheckedIOException(
                    "sluice.channel.transport = %s: can't be used: %s"
                            .formatted(properties.transport().word(), e.getMessage()),
                    e);
        }
    }

    private static EdgeTransport edgeTransport(
            ChannelProperties properties, InstantSource clock, @Nullable SslBundles bundles)
            throws IOException {
        return switch (properties.transport()) {
            case UNIX -> new UnixEdgeTransport(properties.unix(), properties.ping().interval());
            case TCP -> new TcpEdgeTransport(properties, bundles);
            case SHM -> new ShmEdgeTransport(properties);
            case PIPE ->
                    properties.pipe().startsChildren()
                            ? new ChildEdgeTransport(properties.pipe(), clock)
                            : new PipeEdgeTransport(properties);
            case AMQP -> throw new IllegalArgumentException("amqp has no stream");
        };
    }

    /**
     * Makes a processor's end, which does nothing yet.
     *
     * @param name of this processor, unique among those that run
     * @param slots jobs it can work on at once, 1 to 4096
     * @throws IllegalArgumentException when the group that it serves is not set
     */
    public static JobReceiver receiver(
            ChannelProperties properties,
            String name,
            MeterRegistry registry,
            InstantSource clock,
            int slots) {
        return receiver(properties, name, registry, clock, slots, null);
    }

    /**
     * The same, with TLS where the settings ask for it.
     *
     * @param bundles where the settings' SSL bundle is found; null when there are none
     */
    public static JobReceiver receiver(
            ChannelProperties properties,
            String name,
            MeterRegistry registry,
            InstantSource clock,
            int slots,
            @Nullable SslBundles bundles) {
        return ofOneGroup(properties.served(), name, registry, clock, slots, bundles);
    }

    private static JobReceiver ofOneGroup(
            ChannelProperties properties,
            String name,
            MeterRegistry registry,
            InstantSource clock,
            int slots,
            @Nullable SslBundles bundles) {
        if (properties.transport() == Transport.AMQP) {
            return new AmqpJobReceiver(properties, "processor-" + name, registry, clock, slots);
        }
        return new FrameReceiver(
                processorTransport(properties, name, bundles),
                properties,
                "processor-" + name,
                registry,
                clock,
                slots);
    }

    private static ProcessorTransport processorTransport(
            ChannelProperties properties, String name, @Nullable SslBundles bundles) {
        return switch (properties.transport()) {
            case UNIX -> new UnixProcessorTransport(properties.unix(), name);
            case TCP -> new TcpProcessorTransport(properties, bundles, name);
            case SHM -> new ShmProcessorTransport(properties.unix(), name);
            case PIPE -> new PipeProcessorTransport(properties, name);
            case AMQP -> throw new IllegalArgumentException("amqp has no stream");
        };
    }
}
