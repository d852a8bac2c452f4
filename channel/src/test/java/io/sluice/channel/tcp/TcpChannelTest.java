package io.sluice.channel.tcp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.ChannelContractTest;
import io.sluice.channel.contract.Ends;
import java.nio.file.Path;

class TcpChannelTest extends ChannelContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return TcpEnds.plain(directory, ping);
    }
}
