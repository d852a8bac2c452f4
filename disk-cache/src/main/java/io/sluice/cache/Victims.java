package io.sluice.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what to evict: a hand goes round the table, takes the visited bit of what it passes, and
 * of the entries not visited since its last round takes the longest unused of a sample. The sample
 * makes up for the table's order, which is that of the hashes, not that of arrival.
 */
final class Victims {
    /** More choose hardly better and cost more. */
    private static final int SAMPLE = 16;

    private final Zone zone;

    Victims(Zone zone) {
        this.zone = zone;
    }

    /**
     * An entry to remove.
     *
     * @param seen its state when it was chosen: if it has changed, it was used or is gone
     */
    record Victim(Slot slot, SlotWord seen) {}

    /** The next one, from wherever the hand of all processes stands; null if there is no entry. */
    @Nullable Victim next() {
        return choose(zone.get(Tally.HAND), zone.places(), true);
    }

    /** One whose place the given hash could take. */
    @Nullable Victim inWindow(KeyHash hash) {
        return choose(zone.home(hash), Zone.WINDOW, false);
    }

    private @Nullable Victim choose(long from, long places, boolean moveHand) {
        Choice unvisited = new Choice();
        Choice visited = new Choice();
        int sampled = 0;
        long passed = 0;
        while (passed < places && (sampled < SAMPLE || unvisited.victim == null)) {
            Slot slot = zone.place(from + passed++);
            SlotWord word = slot.word();
            if (word.isVisited()) {
                SlotWord cleared = word.withVisited(false);
                if (slot.compareAndSet(word, cleared)) {
                    visited.consider(slot, cleared);
                }
                sampled++;
            } else if (word.isValid()) {
                unvisited.consider(slot, word);
                sampled++;
            }
        }
        if (moveHand) {
            zone.add(Tally.HAND, passed);
        }
        return unvisited.victim == null ? visited.victim : unvisited.victim;
    }

    /** The longest unused of those considered. */
    private static final class Choice {
        private @Nullable Victim victim;
        private Instant lastUse = Instant.MAX;

        void consider(Slot slot, SlotWord word) {
            Instant used = slot.lastUse();
            if (used.isBefore(lastUse)) {
                lastUse = used;
                victim = new Victim(slot, word);
            }
        }
    }
}
