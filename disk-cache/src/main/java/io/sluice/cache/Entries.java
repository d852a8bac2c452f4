package io.sluice.cache;

import io.sluice.cache.SlotWord.Phase;
import io.sluice.cache.Victims.Victim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index and the tree in step. A kill between two steps leaves a place that is filling or
 * deleting, or a file that isn't indexed: {@link Recheck} and the loader end either.
 */
final class Entries {
    static final long BLOCK = 4096;

    private final Zone zone;
    private final CacheDirectory directory;
    private final Owner owner;
    private final Victims victims;

    Entries(Zone zone, CacheDirectory directory, Owner owner) {
        this.zone = zone;
        this.directory = directory;
        this.owner = owner;
        this.victims = new Victims(zone);
    }

    /** What a file of that length takes on the disk. */
    static long sizeOnDisk(long length) {
        return Math.ceilDiv(length, BLOCK) * BLOCK;
    }

    /**
     * Renames a finished file into place and indexes it.
     *
     * @param size which the account holds already; given back if this fails
     */
    void publish(Path finished, KeyHash hash, Instant created, long size) throws IOException {
        Claim claim = claimReserved(hash, size);
        try {
            directory.publish(finished, hash);
        } catch (IOException | RuntimeException e) {
            giveBack(claim, size);
            throw e;
        }
        index(claim, created, owner.now(), size);
        zone.add(Tally.FILLS, 1);
    }

    /** Indexes a file that lies in the tree already, whatever the limits. */
    @Nullable Slot adopt(KeyHash hash, Instant created, Instant lastUse, long size)
            throws IOException {
        zone.add(Tally.BYTES, size);
        Claim claim = claimReserved(hash, size);
        return index(claim, created, lastUse, size) ? claim.slot : null;
    }

    /** Deletes an entry and its file, unless it isn't any more as it was seen. */
    boolean remove(Slot slot, SlotWord seen) throws IOException {
        SlotWord mine = owner.claim(Phase.DELETING);
        if (!slot.seize(seen, mine)) {
            return false;
        }
        delete(slot, mine);
        return true;
    }

    /** Evicts one entry; false if there is none left. */
    boolean evict(RemovalReason reason) throws IOException {
        Victim victim = victims.next();
        if (victim == null) {
            return false;
        }
        removeUnused(victim, reason);
        return true;
    }

    /** Removes an entry unless it was used since it was seen. */
    boolean removeUnused(Victim victim, RemovalReason reason) throws IOException {
        SlotWord mine = owner.claim(Phase.DELETING);
        if (!victim.slot().compareAndSet(victim.seen(), mine)) {
            return false;
        }
        delete(victim.slot(), mine);
        zone.add(Tally.of(reason), 1);
        return true;
    }

    private void delete(Slot slot, SlotWord mine) throws IOException {
        directory.delete(slot.hash());
        zone.free(slot, mine);
    }

    /** A place that is ours; the account holds what it had before and the new file's size. */
    private record Claim(Slot slot, SlotWord mine, long before) {}

    private Claim claimReserved(KeyHash hash, long size) throws IOException {
        try {
            return claim(hash, size);
        } catch (IOException | RuntimeException e) {
            zone.add(Tally.BYTES, -size);
            throw e;
        }
    }

    private Claim claim(KeyHash hash, long size) throws IOException {
        for (int attempt = 0; attempt < Owner.TRIES; attempt++) {
            SlotWord mine = owner.claim(Phase.FILLING);
            Slot slot = zone.lookup(hash);
            if (slot == null) {
                Slot fresh = zone.take(hash, size, mine);
                if (fresh != null) {
                    return new Claim(fresh, mine, 0);
                }
                evictInWindow(hash);
            } else {
                // The word first: unchanged at the compare-and-set, it vouches for the hash.
                SlotWord seen = slot.word();
                boolean takable = seen.isValid() || owner.isAbandoned(seen);
                if (takable && slot.holds(hash) && slot.seize(seen, mine)) {
                    long before = slot.size();
                    slot.size(before + size);
                    return new Claim(slot, mine, before);
                }
                owner.letOthersFinish();
            }
        }
        throw new CacheFullException(
                "another process keeps the cache entry %s busy: serve without caching"
                        .formatted(hash.name()));
    }

    /** A file that was there before still is: it stays an entry. */
    private void giveBack(Claim claim, long size) {
        if (claim.before == 0) {
            zone.free(claim.slot, claim.mine);
        } else {
            claim.slot.size(claim.before);
            if (zone.publish(claim.slot, claim.mine)) {
                zone.add(Tally.BYTES, -size);
            }
        }
    }

    private void evictInWindow(KeyHash hash) throws IOException {
        Victim victim = victims.inWindow(hash);
        if (victim == null) {
            throw new CacheFullException("all places of the index for this key are being changed");
        }
        removeUnused(victim, RemovalReason.ZONE_FULL);
    }

    /** False if another process thought us dead and took the place over with all it accounts. */
    private boolean index(Claim claim, Instant created, Instant lastUse, long size) {
        claim.slot.size(size);
        claim.slot.describe(created, lastUse);
        boolean published = zone.publish(claim.slot, claim.mine);
        if (published) {
            zone.add(Tally.BYTES, -claim.before);
        }
        return published;
    }
}
