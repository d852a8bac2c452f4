package io.sluice.channel.pipe;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawProcessorContractTest;
import java.nio.file.Path;

class PipeRawProcessorTest extends RawProcessorContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new PipeEnds(directory, ping);
    }
}
