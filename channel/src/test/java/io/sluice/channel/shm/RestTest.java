package io.sluice.channel.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Ends.RawListener;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.frame.FrameDispatcher;
import io.sluice.channel.frame.Frames;
import io.sluice.channel.frame.Mirror;
import io.sluice.model.wire.Frame.KindCase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An end with nothing to do does nothing. */
@Timeout(60)
class RestTest {
    private static final int PINGS = 20;

    /**
     * For the timer, the peer's answer and the task that flushes; one that spins takes millions.
     */
    private static final int TURNS_PER_PING = 10;

    @TempDir Path directory;

    @Test
    void isOnlyInterruptedByPings() throws Exception {
        try (ShmEnds ends = new ShmEnds(directory, Pings.impatient());
                RawListener processors = ends.rawProcessor("raw")) {
            ShmEdgeTransport transport = new ShmEdgeTransport(ends.properties());
            try (Dispatcher _ =
                    FrameDispatcher.start(
                            transport,
                            ends.properties(),
                            "edge",
                            new SimpleMeterRegistry(),
                            Jobs.CLOCK,
                            Mirror.off())) {
                RawPeer processor = processors.accept();
                processor.sayHello();
                answerPings(processor, 1);
                long before = transport.end().turns();
                answerPings(processor, PINGS);
                assertThat(transport.end().turns() - before)
                        .isBetween((long) PINGS, (long) PINGS * TURNS_PER_PING);
            }
        }
    }

    private static void answerPings(RawPeer processor, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            long nonce = processor.readUntil(KindCase.PING).getPing().getNonce();
            processor.send(Frames.pong(nonce));
        }
    }
}
