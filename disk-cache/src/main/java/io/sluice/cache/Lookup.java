package io.sluice.cache;

import io.sluice.cache.Inspection.Damaged;
import io.sluice.cache.Inspection.Foreign;
import io.sluice.cache.Inspection.Whole;
import io.sluice.cache.SlotWord.Phase;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers one question: is there a whole file for this key? A file that is gone, torn, foreign or
 * another key's is a miss; ours that can't be served any more is deleted, and the index follows.
 */
final class Lookup {
    /** Larger bodies are left to a scrubber: a first reader would wait for too long. */
    static final long LARGEST_CHECKED_BODY = 8L << 20;

    private static final Logger LOG = System.getLogger(DiskCache.class.getName());

    private final Zone zone;
    private final CacheDirectory directory;
    private final Entries entries;
    private final Owner owner;

    Lookup(Zone zone, CacheDirectory directory, Entries entries, Owner owner) {
        this.zone = zone;
        this.directory = directory;
        this.entries = entries;
        this.owner = owner;
    }

    /** The entry as the index had it when the lookup began; no slot if it had none. */
    private record Sighting(KeyHash hash, @Nullable Slot slot, SlotWord word) {}

    Optional<CachedFile> find(String key) {
        Sighting sighting = sight(KeyHash.of(key));
        Optional<CachedFile> found = Optional.empty();
        if (mayBeOnDisk(sighting)) {
            try {
                found = open(key, sighting);
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "can't read {0}, answered as a miss: {1}",
                        directory.fileOf(sighting.hash),
                        e);
            }
        }
        zone.add(found.isPresent() ? Tally.HITS : Tally.MISSES, 1);
        return found;
    }

    private Sighting sight(KeyHash hash) {
        Slot slot = zone.lookup(hash);
        if (slot != null) {
            SlotWord word = slot.word();
            // The word first: if the place is still this hash's, the word is this entry's.
            if (!word.isFree() && slot.holds(hash)) {
                return new Sighting(hash, slot, word);
            }
        }
        return new Sighting(hash, null, SlotWord.FREE);
    }

    /** Until the loader has seen the whole tree, what the index lacks may still be a file. */
    private boolean mayBeOnDisk(Sighting sighting) {
        return switch (sighting.word.phase()) {
            case FREE -> !zone.isLoaded();
            case DELETING -> false;
            case FILLING, VALID, UNKNOWN -> true;
        };
    }

    private Optional<CachedFile> open(String key, Sighting sighting) throws IOException {
        // Before the file is opened and read: what is written later is checked by the next lookup.
        FileTime modified = directory.modified(sighting.hash);
        FileChannel channel = modified == null ? null : directory.open(sighting.hash);
        if (modified == null || channel == null) {
            forget(sighting);
            return Optional.empty();
        }
        Optional<CachedFile> found = Optional.empty();
        try {
            found = examine(key, sighting, channel, modified);
        } finally {
            if (found.isEmpty()) {
                channel.close();
            }
        }
        return found;
    }

    private Optional<CachedFile> examine(
            String key, Sighting sighting, FileChannel channel, FileTime modified)
            throws IOException {
        return switch (EntryFile.inspect(channel)) {
            case Whole whole when !whole.header().key().equals(key) -> Optional.empty();
            case Whole whole -> {
                if (!isBodyTrusted(sighting, channel, whole, modified)) {
                    drop(sighting, "body checksum");
                    yield Optional.empty();
                }
                note(sighting, whole, modified);
                yield Optional.of(hit(channel, whole));
            }
            case Damaged(String reason) -> {
                drop(sighting, reason);
                yield Optional.empty();
            }
            case Foreign _ -> {
                forget(sighting);
                yield Optional.empty();
            }
        };
    }

    /** Compares the body with its checksum once in the life of a process, and after each write. */
    private boolean isBodyTrusted(
            Sighting sighting, FileChannel channel, Whole whole, FileTime modified)
            throws IOException {
        Slot slot = sighting.slot;
        return (slot != null && slot.isChecked(zone.generation(), modified))
                || whole.header().bodyLength() > LARGEST_CHECKED_BODY
                || EntryFile.isBodyRight(channel, whole);
    }

    private void note(Sighting sighting, Whole whole, FileTime modified) throws IOException {
        EntryHeader header = whole.header();
        long length = whole.bodyOffset() + header.bodyLength();
        Slot slot =
                sighting.slot != null
                        ? sighting.slot
                        : entries.adopt(
                                sighting.hash,
                                header.created(),
                                owner.now(),
                                Entries.sizeOnDisk(length));
        if (slot != null) {
            slot.touch(slot.word(), owner.now());
            if (!slot.isChecked(zone.generation(), modified)) {
                slot.checked(zone.generation(), modified);
            }
        }
    }

    private static CachedFile hit(FileChannel channel, Whole whole) {
        EntryHeader header = whole.header();
        return new CachedFile(
                channel,
                whole.bodyOffset(),
                header.bodyLength(),
                header.contentType(),
                header.etag(),
                header.created());
    }

    private void forget(Sighting sighting) {
        if (sighting.slot != null && sighting.word.isValid()) {
            zone.forget(sighting.slot, sighting.word, owner);
        }
    }

    private void drop(Sighting sighting, String reason) throws IOException {
        LOG.log(
                Level.WARNING,
                "{0} is damaged ({1}): deleted, will be made again",
                directory.fileOf(sighting.hash),
                reason);
        zone.add(Tally.DAMAGED, 1);
        if (sighting.slot == null) {
            directory.delete(sighting.hash);
        } else if (sighting.word.phase() == Phase.VALID) {
            entries.remove(sighting.slot, sighting.word);
        }
    }
}
