package io.sluice.cache;

import io.sluice.cache.Inspection.Whole;
import io.sluice.cache.SlotWord.Phase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/**
 * Compares a place of the index with the disk: drops ghosts and doubles, and ends what a killed
 * process began.
 */
final class Recheck implements PlacePass.Visit {
    private final Zone zone;
    private final CacheDirectory directory;
    private final Entries entries;
    private final Owner owner;

    Recheck(Zone zone, CacheDirectory directory, Entries entries, Owner owner) {
        this.zone = zone;
        this.directory = directory;
        this.entries = entries;
        this.owner = owner;
    }

    @Override
    public boolean at(Slot slot) throws IOException {
        SlotWord seen = slot.word();
        if (!seen.isValid() && !owner.isAbandoned(seen)) {
            return false;
        }
        if (isDouble(slot)) {
            zone.forget(slot, seen, owner);
        } else if (seen.isValid()) {
            dropIfGhost(slot, seen);
        } else {
            end(slot, seen);
        }
        return true;
    }

    /** Two processes that indexed one hash at the same moment: the first place is the one found. */
    private boolean isDouble(Slot slot) {
        Slot found = zone.lookup(slot.hash());
        return found != null && found.offset() != slot.offset();
    }

    private void dropIfGhost(Slot slot, SlotWord seen) {
        if (Files.notExists(directory.fileOf(slot.hash()))) {
            zone.forget(slot, seen, owner);
        }
    }

    /** A fill that got as far as the rename is an entry; anything else goes. */
    private void end(Slot slot, SlotWord seen) throws IOException {
        KeyHash hash = slot.hash();
        if (seen.phase() == Phase.FILLING) {
            try (FileChannel channel = directory.open(hash)) {
                if (channel != null
                        && EntryFile.inspect(channel) instanceof Whole(EntryHeader header, int _)) {
                    entries.adopt(
                            hash,
                            header.created(),
                            owner.now(),
                            Entries.sizeOnDisk(channel.size()));
                    return;
                }
            }
        }
        entries.remove(slot, seen);
    }
}
