package io.sluice.channel.pipe;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.ChannelContractTest;
import io.sluice.channel.contract.Ends;
import java.nio.file.Path;

class PipeChannelTest extends ChannelContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new PipeEnds(directory, ping);
    }
}
