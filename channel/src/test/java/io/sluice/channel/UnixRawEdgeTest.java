package io.sluice.channel;

import java.nio.file.Path;

class UnixRawEdgeTest extends RawEdgeContractTest {
    @Override
    Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new UnixEnds(directory, ping);
    }
}
