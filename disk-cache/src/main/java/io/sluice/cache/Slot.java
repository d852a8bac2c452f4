package io.sluice.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * One place of the zone, 64 bytes: state word, hash (2), size, created, last use, uses and
 * generation of the last body check (4 each), the file's modification time at that check.
 *
 * <p>Whoever moved the state word to filling or deleting writes the other fields alone. Last use,
 * uses and the body check are hints that anybody may write at any time: a stale writer can at worst
 * make an entry look younger or older than it is.
 */
record Slot(MemorySegment zone, long offset) {
    static final int BYTES = 64;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int HASH_HIGH = 8;
    private static final int HASH_LOW = 16;
    private static final int SIZE = 24;
    private static final int CREATED = 32;
    private static final int LAST_USE = 40;
    private static final int USES = 48;
    private static final int CHECKED = 52;
    private static final int MODIFIED = 56;
    private static final Duration USE_GRAIN = Duration.ofSeconds(1);

    SlotWord word() {
        return new SlotWord((long) LONG.getAcquire(zone, offset));
    }

    boolean compareAndSet(SlotWord expected, SlotWord update) {
        return LONG.compareAndSet(zone, offset, expected.bits(), update.bits());
    }

    /** As {@link #compareAndSet}, but a visit since the word was seen doesn't count as a change. */
    boolean seize(SlotWord seen, SlotWord mine) {
        return compareAndSet(seen, mine)
                || (seen.isValid() && compareAndSet(seen.withVisited(!seen.isVisited()), mine));
    }

    KeyHash hash() {
        return new KeyHash(get(HASH_HIGH), get(HASH_LOW));
    }

    boolean holds(KeyHash hash) {
        return get(HASH_LOW) == hash.low() && get(HASH_HIGH) == hash.high();
    }

    /** Only for the owner of the place. */
    void name(KeyHash hash) {
        set(HASH_HIGH, hash.high());
        set(HASH_LOW, hash.low());
    }

    /** The bytes that the account holds for this place. */
    long size() {
        return get(SIZE);
    }

    /** Only for the owner of the place. */
    void size(long bytes) {
        set(SIZE, bytes);
    }

    /** Only for the owner of the place. */
    void describe(Instant created, Instant lastUse) {
        set(CREATED, created.toEpochMilli());
        set(LAST_USE, lastUse.toEpochMilli());
        INT.setRelease(zone, offset + USES, 0);
        INT.setRelease(zone, offset + CHECKED, 0);
    }

    Instant lastUse() {
        return Instant.ofEpochMilli(get(LAST_USE));
    }

    /** Notes a use, so that the next eviction passes this entry by. */
    void touch(SlotWord seen, Instant now) {
        if (now.toEpochMilli() - get(LAST_USE) >= USE_GRAIN.toMillis()) {
            set(LAST_USE, now.toEpochMilli());
        }
        int _ = (int) INT.getAndAdd(zone, offset + USES, 1);
        if (seen.isValid() && !seen.isVisited()) {
            // Lost to another toucher or to the end of the entry: either is fine.
            boolean _ = compareAndSet(seen, seen.withVisited(true));
        }
    }

    int uses() {
        return (int) INT.getAcquire(zone, offset + USES);
    }

    /**
     * Whether the body was compared with its checksum since then, and the file not written since.
     */
    boolean isChecked(int generation, FileTime modified) {
        return (int) INT.getAcquire(zone, offset + CHECKED) >= generation
                && get(MODIFIED) == modified.to(TimeUnit.NANOSECONDS);
    }

    /** The time first: a reader of the generation must not see an older check's time. */
    void checked(int generation, FileTime modified) {
        set(MODIFIED, modified.to(TimeUnit.NANOSECONDS));
        INT.setRelease(zone, offset + CHECKED, generation);
    }

    /** Only for the owner of the place, just before it frees it. */
    void wipe() {
        name(new KeyHash(0, 0));
        size(0);
    }

    private long get(int field) {
        return (long) LONG.getAcquire(zone, offset + field);
    }

    private void set(int field, long value) {
        LONG.setRelease(zone, offset + field, value);
    }
}
