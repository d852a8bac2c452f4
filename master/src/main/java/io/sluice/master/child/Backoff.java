package io.sluice.master.child;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a process that died is started again: twice as long each time, up to half
 * a minute, with jitter so that processes that died together don't start together. One that was
 * stable before starts over with the shortest wait. Not for several threads.
 */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The most doublings that can matter; more would overflow. */
    private static final int DOUBLINGS = 10;

    private final Duration stableAfter;
    private final RandomGenerator random;
    private int failures;

    /**
     * A backoff.
     *
     * @param stableAfter how long a run must last for its end to count as the first failure
     */
    public Backoff(Duration stableAfter, RandomGenerator random) {
        this.stableAfter = stableAfter;
        this.random = random;
    }

    /** The wait after a run that lasted so long: between half and all of the step's length. */
    public Duration next(Duration run) {
        if (run.compareTo(stableAfter) >= 0) {
            failures = 0;
        }
        long step = FIRST.toMillis() << Math.min(failures, DOUBLINGS);
        failures++;
        long longest = Math.min(step, LONGEST.toMillis());
        return Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
    }
}
