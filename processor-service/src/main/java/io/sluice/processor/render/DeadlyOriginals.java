package io.sluice.processor.render;

import io.sluice.model.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The originals on which image workers ended, by their content, so that the same bytes uploaded
 * again find their name here. Forgets the oldest beyond a number, and each after a time: a machine
 * that was out of memory may have been to blame. Thread-safe: {@code this} guards all.
 */
final class DeadlyOriginals {
    /** As often a worker may end on the same bytes. */
    static final int ENOUGH = 2;

    private static final int MOST = 1024;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final InstantSource clock;
    private final Map<Sha256, Deaths> deaths = new LinkedHashMap<>();

    /**
     * How workers ended on an original.
     *
     * @param last the end of the last one
     * @param at when that was
     */
    record Deaths(int count, String last, Instant at) {}

    DeadlyOriginals(InstantSource clock) {
        this.clock = clock;
    }

    /** Why these bytes are kept from the workers, if they are. */
    synchronized Optional<String> refusal(Sha256 content) {
        Deaths known = current(content);
        return known.count() < ENOUGH
                ? Optional.empty()
                : Optional.of(
                        "kept from decoders: %d image workers ended on this content (%s)"
                                .formatted(known.count(), known.last()));
    }

    /** A worker ended on it. */
    synchronized void ended(Sha256 content, String how) {
        int before = current(content).count();
        deaths.remove(content);
        deaths.put(content, new Deaths(before + 1, how, clock.instant()));
        if (deaths.size() > MOST) {
            deaths.remove(deaths.keySet().iterator().next());
        }
    }

    /** A worker lived through it. */
    synchronized void survived(Sha256 content) {
        deaths.remove(content);
    }

    private Deaths current(Sha256 content) {
        Deaths known = deaths.get(content);
        Instant now = clock.instant();
        return known == null || known.at().plus(REMEMBERED).isBefore(now)
                ? new Deaths(0, "", now)
                : known;
    }
}
