package io.sluice.channel.unix;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.PreferenceContractTest;
import java.nio.file.Path;

class UnixPreferenceTest extends PreferenceContractTest {
    @Override
    protected Ends ends(Path directory, ChannelProperties.Ping ping) {
        return new UnixEnds(directory, ping);
    }
}
