package io.sluice.channel.tcp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawProcessorContractTest;
import java.nio.file.Path;

class TcpRawProcessorTest extends RawProcessorContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return TcpEnds.plain(directory, ping);
    }
}
