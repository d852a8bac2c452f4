package io.sluice.systemtests;

class SharedMemoryTransportTest extends TransportTest {
    @Override
    Launch over(Launch launch) {
        return launch.with("sluice.channel.transport", "shm");
    }
}
