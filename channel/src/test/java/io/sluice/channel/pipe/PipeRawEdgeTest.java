package io.sluice.channel.pipe;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawEdgeContractTest;
import java.nio.file.Path;

class PipeRawEdgeTest extends RawEdgeContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new PipeEnds(directory, ping);
    }
}
