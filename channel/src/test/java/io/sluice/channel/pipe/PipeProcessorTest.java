package io.sluice.channel.pipe;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.ProcessorContractTest;
import java.nio.file.Path;

class PipeProcessorTest extends ProcessorContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new PipeEnds(directory, ping);
    }
}
