package io.sluice.channel.tcp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.ProcessorContractTest;
import java.nio.file.Path;

class TlsProcessorTest extends ProcessorContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return TcpEnds.tls(directory, ping);
    }
}
