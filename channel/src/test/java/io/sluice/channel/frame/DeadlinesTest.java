package io.sluice.channel.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private int looks;
    private int out = 2;
    private final Deadlines deadlines =
            new Deadlines(
                    channel.eventLoop(),
                    _ -> {
                        looks++;
                        out--;
                        return out > 0;
                    });

    @Test
    void areLookedAtOnlyWhileSomethingIsOut() {
        channel.freezeTime();
        deadlines.watch();
        deadlines.watch();
        letTimePass();
        assertThat(looks).isEqualTo(2);
        assertThat(channel.hasPendingTasks()).isFalse();
    }

    @Test
    void areLookedAtAgainWhenSomethingGoesOutLater() {
        channel.freezeTime();
        deadlines.watch();
        letTimePass();
        out = 1;
        deadlines.watch();
        letTimePass();
        assertThat(looks).isEqualTo(3);
    }

    private void letTimePass() {
        for (int look = 0; look < 5; look++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
