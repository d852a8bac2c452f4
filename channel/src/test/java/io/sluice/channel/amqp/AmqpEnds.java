package io.sluice.channel.amqp;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.group.Channels;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The ends of the AMQP transport, with queues of their own at a broker. */
final class AmqpEnds implements Ends {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ChannelProperties properties;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    AmqpEnds(RabbitBroker broker, ChannelProperties.Ping ping) {
        properties =
                Settings.bind(
                        ping,
                        Map.of(
                                "unix.directory",
                                "unused",
                                "transport",
                                "amqp",
                                "amqp.uri",
                                broker.uri(),
                                "amqp.delivery-limit",
                                "3",
                                "amqp.queue-prefix",
                                "test-" + COUNT.incrementAndGet()));
    }

    Topology topology() {
        return new Topology(properties.amqp());
    }

    @Override
    public Dispatcher dispatcher() {
        return keep(Channels.dispatcher(properties, "edge", meters, Jobs.CLOCK));
    }

    @Override
    public JobReceiver receiver(String name, int slots) {
        return keep(Channels.receiver(properties, name, meters, Jobs.CLOCK, slots));
    }

    @Override
    public RawPeer rawEdge(String receiver) {
        throw new UnsupportedOperationException("the broker stands between");
    }

    @Override
    public RawListener rawProcessor(String name) {
        throw new UnsupportedOperationException("the broker stands between");
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    <T extends AutoCloseable> T keep(T end) {
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
}
