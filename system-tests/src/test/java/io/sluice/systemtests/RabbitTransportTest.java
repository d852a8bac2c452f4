package io.sluice.systemtests;

import io.sluice.channel.amqp.RabbitBroker;

class RabbitTransportTest extends TransportTest {
    @Override
    Launch over(Launch launch) {
        return launch.with("sluice.channel.transport", "amqp")
                .with("sluice.channel.amqp.uri", RabbitBroker.shared().uri())
                .with("sluice.channel.ping.interval", "1s")
                .with("sluice.channel.ping.timeout", "5s");
    }
}
