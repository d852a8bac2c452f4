package io.sluice.channel.amqp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The ends of the AMQP transport, with queues of their own at a broker. */
final class AmqpEnds extends Ends {
    private static final AtomicInteger COUNT = new AtomicInteger();

    AmqpEnds(RabbitBroker broker, ChannelProperties.Ping ping) {
        this(ping, Map.of("amqp.uri", broker.uri()));
    }

    /** With further settings, of which the broker's place must be one. */
    AmqpEnds(ChannelProperties.Ping ping, Map<String, String> more) {
        super(Settings.bind(ping, settings(more)));
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("unix.directory", "unused");
        settings.put("transport", "amqp");
        settings.put("amqp.delivery-limit", "3");
        settings.put("amqp.queue-prefix", "test-" + COUNT.incrementAndGet());
        return settings;
    }

    Topology topology() {
        return new Topology(properties().amqp());
    }

    @Override
    public RawPeer rawEdge(String receiver) {
        throw new UnsupportedOperationException("the broker stands between");
    }

    @Override
    public RawListener rawProcessor(String name) {
        throw new UnsupportedOperationException("the broker stands between");
    }
}
