package io.sluice.channel;

import java.nio.file.Path;

class UnixRawProcessorTest extends RawProcessorContractTest {
    @Override
    Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new UnixEnds(directory, ping);
    }
}
