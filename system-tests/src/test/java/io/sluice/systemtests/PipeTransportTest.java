package io.sluice.systemtests;

class PipeTransportTest extends TransportTest {
    @Override
    Launch over(Launch launch) {
        return launch.with("sluice.channel.transport", "pipe");
    }
}
