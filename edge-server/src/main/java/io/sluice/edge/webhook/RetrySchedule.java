package io.sluice.edge.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again. */
record RetrySchedule(List<Duration> pauses, RandomGenerator random) {
    private static final double JITTER = 0.1;

    /**
     * The pause after a failure, a tenth longer or shorter, so that what failed together doesn't
     * come back together; empty when it was the last try.
     *
     * @param tries so far, at least 1
     */
    Optional<Duration> after(int tries) {
        if (tries > pauses.size()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Optional.of(Duration.ofMillis((long) (pauses.get(tries - 1).toMillis() * factor)));
    }
}
