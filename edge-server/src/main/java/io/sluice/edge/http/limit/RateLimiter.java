package io.sluice.edge.http.limit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by name. A bucket is one number, the moment at which it will be full again (the
 * generic cell rate algorithm), so that nothing has to refill it.
 *
 * <p>The buckets stand in a table of fixed size, in sets of eight that a name's hash chooses from;
 * when a set is full, the bucket that is full the earliest gives way. Whoever is forgotten so
 * starts with a full bucket: the bound on memory is hard, the one on requests is not, beyond so
 * many clients.
 *
 * <p>Concurrency: any thread may take. A slot changes by compare-and-set; who loses too often is
 * let through.
 */
public final class RateLimiter {
    private static final int SET = 8;
    private static final int MOST_TRIES = 64;
    private static final long NANOS = 1_000_000_000;

    private final AtomicReferenceArray<@Nullable Bucket> table;
    private final long interval;
    private final long depth;
    private final int seed = ThreadLocalRandom.current().nextInt();
    private final LongSupplier nanos;
    private final long origin;

    /** A client's bucket; full again at that many nanoseconds after the limiter's start. */
    private record Bucket(String name, long fullAt) {}

    /**
     * Empty table, so all buckets are full.
     *
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    public RateLimiter(RateProperties.Bucket limit, int maxBuckets, LongSupplier nanos) {
        boolean isOff = limit.perSecond() == 0;
        this.interval = isOff ? 0 : Math.max(1, (long) (NANOS / limit.perSecond()));
        this.depth = interval * limit.burst();
        int sets = isOff ? 1 : Integer.highestOneBit(Math.max(1, maxBuckets / SET));
        this.table = new AtomicReferenceArray<>(sets * SET);
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    /**
     * Takes one token.
     *
     * @return zero if there was one; otherwise when there will be
     */
    public Duration take(String name) {
        if (interval == 0) {
            return Duration.ZERO;
        }
        long now = nanos.getAsLong() - origin;
        int first = firstSlot(name);
        for (int i = 0; i < MOST_TRIES; i++) {
            int slot = slot(first, name);
            Bucket known = table.get(slot);
            boolean isOurs = known != null && known.name().equals(name);
            long fullAt = Math.max(isOurs ? known.fullAt() : 0, now) + interval;
            if (fullAt - now > depth) {
                return Duration.ofNanos(fullAt - now - depth);
            }
            if (table.compareAndSet(slot, known, new Bucket(name, fullAt))) {
                return Duration.ZERO;
            }
        }
        return Duration.ZERO;
    }

    private int firstSlot(String name) {
        int hash = (name.hashCode() ^ seed) * 0x9e3779b9;
        return (hash >>> 1) % (table.length() / SET) * SET;
    }

    /** The name's slot, else a free one, else the one that is full the earliest. */
    private int slot(int first, String name) {
        int best = first;
        long earliest = Long.MAX_VALUE;
        for (int slot = first; slot < first + SET; slot++) {
            Bucket bucket = table.get(slot);
            if (bucket != null && bucket.name().equals(name)) {
                return slot;
            }
            long fullAt = bucket == null ? -1 : bucket.fullAt();
            if (fullAt < earliest) {
                earliest = fullAt;
                best = slot;
            }
        }
        return best;
    }
}
