package io.sluice.cache;

import io.sluice.cache.SlotWord.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** This process as the one that works on a place of the zone, and the judge of others' claims. */
final class Owner {
    /** A rename or a delete takes microseconds; a process that needs this long is stopped. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Looks at a place that another process owns before it counts as stopped: 0.2 s or so. */
    static final int TRIES = 1000;

    private static final long LOOK_AGAIN_NANOS = 100_000;

    private final long pid = ProcessHandle.current().pid();
    private final AtomicInteger salt = new AtomicInteger();
    private final InstantSource clock;

    Owner(InstantSource clock) {
        this.clock = clock;
    }

    SlotWord claim(Phase phase) {
        return SlotWord.owned(phase, pid, now().plus(PATIENCE), salt.incrementAndGet() & 0x7f);
    }

    /** Whether nobody will end what this word says is going on. */
    boolean isAbandoned(SlotWord word) {
        return switch (word.phase()) {
            case FREE, VALID -> false;
            case UNKNOWN -> true;
            case FILLING, DELETING -> now().isAfter(word.deadline()) || !isAlive(word.pid());
        };
    }

    /** Waits for about as long as a rename takes: another process has no way to wake this one. */
    void letOthersFinish() {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }

    Instant now() {
        return clock.instant();
    }

    long pid() {
        return pid;
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }
}
