package io.sluice.systemtests;

class UnixTransportTest extends TransportTest {
    @Override
    Launch over(Launch launch) {
        return launch.with("sluice.channel.transport", "unix");
    }
}
