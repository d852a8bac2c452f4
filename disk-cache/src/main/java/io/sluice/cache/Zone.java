package io.sluice.cache;

import io.sluice.cache.SlotWord.Phase;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The index that all processes share: an open-addressed table in a mapped file.
 *
 * <p>A hash may stand only in the {@link #WINDOW} places from its home on, so a search needs no
 * tombstones and freeing a place needs nothing but freeing it. Every change of a place starts with
 * a compare-and-set of its state word; there is no lock that a killed process could keep. What a
 * killed process left half done is ended by {@link Recheck}.
 *
 * <p>The account ({@link Tally#BYTES}) is raised before bytes come and lowered after they are gone:
 * a kill leaves it too high, never too low, until the next {@link Audit}.
 */
final class Zone implements AutoCloseable {
    static final int WINDOW = 32;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final long places;
    private final int generation;

    Zone(ZoneFile file) throws IOException {
        try {
            memory = file.map(arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
        places = file.places();
        generation = (int) add(Tally.GENERATION, 1);
    }

    /** The place of that hash, or null; it may be in any phase but free. */
    @Nullable Slot lookup(KeyHash hash) {
        for (int step = 0; step < WINDOW; step++) {
            Slot slot = inWindow(hash, step);
            if (slot.holds(hash) && !slot.word().isFree()) {
                return slot;
            }
        }
        return null;
    }

    /** Takes a free place for a hash that has none, sized as the account already is; or null. */
    @Nullable Slot take(KeyHash hash, long size, SlotWord filling) {
        for (int step = 0; step < WINDOW; step++) {
            Slot slot = inWindow(hash, step);
            if (slot.word().isFree() && slot.compareAndSet(SlotWord.FREE, filling)) {
                add(Tally.ENTRIES, 1);
                slot.size(size);
                slot.name(hash);
                return slot;
            }
        }
        return null;
    }

    /** Makes an owned place valid, unless its owner was too slow and lost it. */
    boolean publish(Slot slot, SlotWord mine) {
        return slot.compareAndSet(mine, SlotWord.valid(add(Tally.PUBLICATION, 1)));
    }

    /** Gives an owned place and its bytes back. */
    void free(Slot slot, SlotWord mine) {
        long size = slot.size();
        slot.wipe();
        if (slot.compareAndSet(mine, SlotWord.FREE)) {
            add(Tally.BYTES, -size);
            add(Tally.ENTRIES, -1);
        }
    }

    /** Drops the entry from the index as it was seen, and leaves its file alone. */
    boolean forget(Slot slot, SlotWord seen, Owner owner) {
        SlotWord mine = owner.claim(Phase.DELETING);
        if (!slot.seize(seen, mine)) {
            return false;
        }
        free(slot, mine);
        return true;
    }

    Slot inWindow(KeyHash hash, int step) {
        return place(home(hash) + step);
    }

    /** The number of the first place where a hash may stand. */
    long home(KeyHash hash) {
        return Long.remainderUnsigned(hash.high(), places);
    }

    /** The place of that number, counted round the table. */
    Slot place(long number) {
        return new Slot(memory, ZoneFile.HEADER + Math.floorMod(number, places) * Slot.BYTES);
    }

    long places() {
        return places;
    }

    /** Higher in each process that opened the zone later. */
    int generation() {
        return generation;
    }

    boolean isLoaded() {
        return get(Tally.LOADED) != 0;
    }

    void loaded() {
        LONG.setRelease(memory, Tally.LOADED.offset(), 1L);
    }

    long get(Tally tally) {
        return (long) LONG.getAcquire(memory, tally.offset());
    }

    /** Adds, and returns the sum. */
    long add(Tally tally, long amount) {
        return (long) LONG.getAndAdd(memory, tally.offset(), amount) + amount;
    }

    boolean compareAndSet(Tally tally, long expected, long update) {
        return LONG.compareAndSet(memory, tally.offset(), expected, update);
    }

    @Override
    public void close() {
        arena.close();
    }
}
