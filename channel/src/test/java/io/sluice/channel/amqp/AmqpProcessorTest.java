package io.sluice.channel.amqp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.ProcessorContractTest;
import java.nio.file.Path;

class AmqpProcessorTest extends ProcessorContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new AmqpEnds(RabbitBroker.shared(), ping);
    }
}
