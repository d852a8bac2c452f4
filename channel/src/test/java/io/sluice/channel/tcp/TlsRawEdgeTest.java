package io.sluice.channel.tcp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawEdgeContractTest;
import java.nio.file.Path;

class TlsRawEdgeTest extends RawEdgeContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return TcpEnds.tls(directory, ping);
    }
}
