package io.sluice.cache;

/**
 * A number in the header of the zone that all processes count in, each on a cache line of its own.
 */
enum Tally {
    /** Bytes accounted to entries and to fills about to be one, in whole blocks. */
    BYTES(1),
    /** Places in use. */
    ENTRIES(2),
    /** How often the zone was opened: tells body checks of this process's life from older ones. */
    GENERATION(3),
    /** Gives each published entry another state word. */
    PUBLICATION(4),
    /** Where the next search for a victim starts. */
    HAND(5),
    /** 1 once the loader has seen the whole tree: then what isn't here isn't on disk either. */
    LOADED(6),
    HITS(7),
    MISSES(8),
    FILLS(9),
    DAMAGED(10),
    INACTIVE(11),
    MAX_SIZE(12),
    MIN_FREE(13),
    ZONE_FULL(14),
    PURGED(15);

    private static final int LINE_BYTES = 64;

    private final long line;

    Tally(long line) {
        this.line = line;
    }

    /** Where it is counted how many entries went for that reason. */
    static Tally of(RemovalReason reason) {
        return switch (reason) {
            case INACTIVE -> INACTIVE;
            case MAX_SIZE -> MAX_SIZE;
            case MIN_FREE -> MIN_FREE;
            case ZONE_FULL -> ZONE_FULL;
            case PURGED -> PURGED;
        };
    }

    /** In bytes from the start of the zone. */
    long offset() {
        return line * LINE_BYTES;
    }
}
