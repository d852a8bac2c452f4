package io.sluice.cache;

import java.util.EnumMap;
import java.util.Map;

/**
 * What all processes together did with the cache since its zone was made.
 *
 * @param misses of lookups, also those of damaged files
 * @param fills files that were put in place
 * @param removals entries removed, by reason
 * @param bytes accounted now, in whole disk blocks, fills about to be entries included
 * @param entries in the index now
 * @param capacity places in the index
 * @param damaged files that were ours and not whole
 */
public record CacheStatistics(
        long hits,
        long misses,
        long fills,
        Map<RemovalReason, Long> removals,
        long bytes,
        long entries,
        long capacity,
        long damaged) {
    public CacheStatistics {
        removals = Map.copyOf(removals);
    }

    /** Entries removed to keep limits: not those that somebody purged. */
    public long evictions() {
        return removals.entrySet().stream()
                .filter(removal -> removal.getKey() != RemovalReason.PURGED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    static CacheStatistics of(Zone zone) {
        Map<RemovalReason, Long> removals = new EnumMap<>(RemovalReason.class);
        for (RemovalReason reason : RemovalReason.values()) {
            removals.put(reason, zone.get(Tally.of(reason)));
        }
        return new CacheStatistics(
                zone.get(Tally.HITS),
                zone.get(Tally.MISSES),
                zone.get(Tally.FILLS),
                removals,
                zone.get(Tally.BYTES),
                zone.get(Tally.ENTRIES),
                zone.places(),
                zone.get(Tally.DAMAGED));
    }
}
