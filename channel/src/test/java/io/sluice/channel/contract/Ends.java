package io.sluice.channel.contract;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.group.Channels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/** Makes the two ends of one transport, and raw peers that break its rules. Closes what it made. */
public abstract class Ends implements AutoCloseable {
    private final ChannelProperties properties;
    private final @Nullable SslBundles bundles;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    protected Ends(ChannelProperties properties) {
        this(properties, null);
    }

    protected Ends(ChannelProperties properties, @Nullable SslBundles bundles) {
        this.properties = properties;
        this.bundles = bundles;
    }

    public ChannelProperties properties() {
        return properties;
    }

    public Dispatcher dispatcher() {
        return keep(Channels.dispatcher(properties, "edge", meters, Jobs.CLOCK, bundles));
    }

    /** One that shows its messages in that file. */
    public Dispatcher mirrored(Path mirror) {
        var shown =
                new ChannelProperties(
                        properties.transport(),
                        properties.connections(),
                        properties.unix(),
                        properties.shm(),
                        properties.ping(),
                        properties.tcp(),
                        properties.amqp(),
                        properties.pipe(),
                        properties.group(),
                        properties.capabilities(),
                        properties.groups(),
                        mirror);
        return keep(Channels.dispatcher(shown, "edge", meters, Jobs.CLOCK, bundles));
    }

    public JobReceiver receiver(String name, int slots) {
        return keep(Channels.receiver(properties, name, meters, Jobs.CLOCK, slots, bundles));
    }

    /** A connection to that receiver which has not said anything. */
    public abstract RawPeer rawEdge(String receiver) throws IOException;

    /** Something that the dispatcher will take for a processor. */
    public abstract RawListener rawProcessor(String name) throws IOException;

    /** The dispatchers' and receivers' meters. */
    public MeterRegistry meters() {
        return meters;
    }

    /** The first value of one of the meters that a peer has for itself. */
    public double peers(String peer, String meter, String... tags) {
        return meters.get("sluice.channel.peer." + meter)
                .tag("peer", peer)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    /** Has it closed with the others, the latest first. */
    public <T extends AutoCloseable> T keep(T end) {
        made.push(end);
        return end;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable end : made) {
            try {
                end.close();
            } catch (Exception e) {
                throw new IOException("an end could not be closed", e);
            }
        }
    }

    /** Accepts a dispatcher's connections. */
    public interface RawListener extends AutoCloseable {
        RawPeer accept() throws IOException;

        @Override
        void close() throws IOException;
    }
}
