package io.sluice.cache;

/**
 * A number in the header of the zone that all processes count in, each on a cache line of its own.
 */
enum Tally {
    /** Bytes accounted to entries and to fills about to be one, in whole blocks. */
    BYTES,
    /** Places in use. */
    ENTRIES,
    /** How often the zone was opened: tells body checks of this process's life from older ones. */
    GENERATION,
    /** Gives each published entry another state word. */
    PUBLICATION,
    /** Where the next search for a victim starts. */
    HAND,
    /** 1 once the loader has seen the whole tree: then what isn't here isn't on disk either. */
    LOADED,
    HITS,
    MISSES,
    FILLS,
    DAMAGED,
    /** The first of one for each {@link RemovalReason}. */
    REMOVED;

    private static final int LINE = 64;

    long offset() {
        return (1L + ordinal()) * LINE;
    }

    static long offset(RemovalReason reason) {
        return REMOVED.offset() + (long) reason.ordinal() * LINE;
    }
}
