package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.ReceivedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds where it is the edge, and no broker, that chooses the processor. */
@Timeout(60)
public abstract class PreferenceContractTest {
    @TempDir Path directory;

    /** The ends of the transport under test. */
    protected abstract Ends ends(Path directory, ChannelProperties.Ping ping);

    @Test
    void theProcessorWithMoreRoomIsPreferred() throws IOException, InterruptedException {
        BlockingQueue<ReceivedJob> received = new LinkedBlockingQueue<>();
        BlockingQueue<ReceivedJob> other = new LinkedBlockingQueue<>();
        try (Ends ends = ends(directory, Pings.patient())) {
            Dispatcher dispatcher = ends.dispatcher();
            ends.receiver("0", 2).start(received::add);
            ends.receiver("roomy", 4).start(other::add);
            Waiting.until(() -> dispatcher.credit() == 6);

            Sent.over(dispatcher.dispatch(Jobs.any()));
            Sent.over(dispatcher.dispatch(Jobs.any()));
            Waiting.next(other);
            Waiting.next(other);
            assertThat(received).isEmpty();
        }
    }
}
