package io.sluice.channel;

import java.nio.file.Path;

class UnixChannelTest extends ChannelContractTest {
    @Override
    Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new UnixEnds(directory, ping);
    }
}
