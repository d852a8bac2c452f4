package io.sluice.channel.frame;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again: doubled with each failure, up to a limit, with jitter so
 * that many edges don't come back together.
 */
public record Backoff(Duration first, Duration limit) {
    /** For a peer that may be back at once. */
    public static final Backoff RECONNECT =
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

    /**
     * Between half of the step and all of it.
     *
     * @param failures so far, from 0
     */
    public Duration after(int failures) {
        long step = Math.min(first.toMillis() << Math.min(failures, 20), limit.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(step / 2, step + 1));
    }
}
