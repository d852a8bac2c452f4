package io.sluice.cache;

import io.sluice.cache.SlotWord.Phase;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache of files on disk that several processes use at once.
 *
 * <p>Thread-safe. Nothing is locked: readers, fills and deletions of any process meet in the {@link
 * Zone}, a table in shared memory where a compare-and-set decides. A kill at any instruction leaves
 * nothing that serves wrong bytes. Files may be deleted by hand at any time: that is a miss.
 */
public final class DiskCache implements Closeable {
    private final Zone zone;
    private final CacheDirectory directory;
    private final TempFiles tempFiles;
    private final Owner owner;
    private final Entries entries;
    private final Room room;
    private final Lookup lookup;
    private final CacheUpkeep upkeep;

    private DiskCache(CacheSettings settings, InstantSource clock) throws IOException {
        zone = new Zone(ZoneFile.of(settings));
        directory = new CacheDirectory(settings.directory(), settings.levels());
        owner = new Owner(clock);
        tempFiles = new TempFiles(settings.tempDirectory(), owner);
        entries = new Entries(zone, directory, owner);
        room = new Room(zone, entries, settings);
        lookup = new Lookup(zone, directory, entries, owner);
        upkeep = new CacheUpkeep(zone, directory, tempFiles, entries, room, owner, settings);
    }

    /**
     * Opens the cache, and creates what isn't there.
     *
     * @param clock of the uses, from which inactivity is reckoned
     * @throws UnusableCacheException if the directory is somebody else's, or the temp directory is
     *     on another file system
     */
    public static DiskCache open(CacheSettings settings, InstantSource clock) throws IOException {
        new DirectoryCheck(settings).prepare();
        return new DiskCache(settings, clock);
    }

    /**
     * The cached file of that key, which the caller closes. What can't be read is a miss, never an
     * error. Blocks for an open, a read of the header, and, when nobody has since this process
     * began or since the file was written, for a read of a body of at most 8 MB.
     */
    public Optional<CachedFile> find(String key) {
        return lookup.find(key);
    }

    /**
     * Starts to make an entry; an older one of that key is served until the new one is committed.
     *
     * @param contentType of the body
     * @param tags that name what it was made from, kept with it
     * @throws IOException if no file can be made: serve without caching
     * @throws IllegalArgumentException if the texts are together longer than 32 KiB
     */
    public Fill fill(String key, String contentType, List<String> tags) throws IOException {
        EntryHeader draft = EntryHeader.draft(key, contentType, owner.now(), tags);
        Path file = tempFiles.create(KeyHash.of(key));
        return new Fill(file, draft, room, entries);
    }

    /**
     * Deletes an entry: no {@link #find} that starts after the return serves what was committed
     * before the call. A fill still open then can be committed later all the same.
     *
     * @return whether there was one
     * @throws IOException if the file can't be deleted; it isn't served any more in this case
     *     either
     */
    public boolean invalidate(String key) throws IOException {
        KeyHash hash = KeyHash.of(key);
        for (int attempt = 0; attempt < Owner.TRIES; attempt++) {
            Slot slot = zone.lookup(hash);
            if (slot == null) {
                break;
            }
            SlotWord seen = slot.word();
            if (seen.phase() == Phase.DELETING && !owner.isAbandoned(seen)) {
                return slot.holds(hash);
            }
            if (isRemovable(slot, seen, hash) && entries.remove(slot, seen)) {
                zone.add(Tally.PURGED, 1);
                return true;
            }
            owner.letOthersFinish();
        }
        // Not indexed, as before the loader's end: the file may be there.
        return directory.delete(hash);
    }

    private boolean isRemovable(@Nullable Slot slot, SlotWord seen, KeyHash hash) {
        return slot != null && (seen.isValid() || owner.isAbandoned(seen)) && slot.holds(hash);
    }

    /** What happened so far, in all processes. */
    public CacheStatistics statistics() {
        return CacheStatistics.of(zone);
    }

    /** What a cache-manager does with the cache; one process at a time should. */
    public CacheUpkeep upkeep() {
        return upkeep;
    }

    /** Unmaps the zone; files found stay open. No call may be under way or come later. */
    @Override
    public void close() {
        zone.close();
    }
}
