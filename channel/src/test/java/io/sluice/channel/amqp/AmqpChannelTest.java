package io.sluice.channel.amqp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.ChannelContractTest;
import io.sluice.channel.contract.Ends;
import java.nio.file.Path;

class AmqpChannelTest extends ChannelContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new AmqpEnds(RabbitBroker.shared(), ping);
    }
}
