package io.sluice.cache;

/** Why an entry left the cache. */
public enum RemovalReason {
    /** Not used for {@code sluice.cache.inactive}. */
    INACTIVE,
    /** Made room below {@code sluice.cache.max-size}. */
    MAX_SIZE,
    /** Made room for {@code sluice.cache.min-free}. */
    MIN_FREE,
    /** Its place in the index was needed: {@code sluice.cache.zone-size} is small. */
    ZONE_FULL,
    /** Somebody asked for it. */
    PURGED
}
