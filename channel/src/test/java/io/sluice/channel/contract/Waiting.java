package io.sluice.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for events of other threads, but not for ever. */
public final class Waiting {
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Waiting() {}

    public static void until(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(element).isNotNull();
        return element;
    }
}
