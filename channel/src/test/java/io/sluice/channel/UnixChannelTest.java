package io.sluice.channel;

import java.nio.file.Path;

class UnixChannelTest extends ChannelContractTest {
    @Override
    Ends ends(Path directory) {
        return new UnixEnds(directory, UnixEnds.patient());
    }
}
