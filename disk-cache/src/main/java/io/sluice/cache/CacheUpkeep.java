package io.sluice.cache;

import io.sluice.cache.Inspection.Damaged;
import io.sluice.cache.Inspection.Foreign;
import io.sluice.cache.Inspection.Whole;
import io.sluice.cache.Victims.Victim;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What keeps the cache right and within its limits, in small steps for a cache-manager to time. For
 * one thread at a time.
 */
public final class CacheUpkeep {
    private final Zone zone;
    private final CacheDirectory directory;
    private final TempFiles tempFiles;
    private final Entries entries;
    private final Room room;
    private final Owner owner;
    private final CacheSettings settings;
    private final Audit audit;

    CacheUpkeep(
            Zone zone,
            CacheDirectory directory,
            TempFiles tempFiles,
            Entries entries,
            Room room,
            Owner owner,
            CacheSettings settings) {
        this.zone = zone;
        this.directory = directory;
        this.tempFiles = tempFiles;
        this.entries = entries;
        this.room = room;
        this.owner = owner;
        this.settings = settings;
        this.audit = new Audit(zone);
    }

    /** Whether every file of the tree is known to be in the index. */
    public boolean isLoaded() {
        return zone.isLoaded();
    }

    /** Says that the whole tree was offered to {@link #adopt}: a miss needs no look at the disk. */
    public void loaded() {
        zone.loaded();
    }

    /** Indexes a file of the tree that the index lacks; deletes it if it is ours and no good. */
    public Adoption adopt(Path file) throws IOException {
        KeyHash hash = KeyHash.ofName(file.getFileName().toString()).orElse(null);
        if (hash != null && directory.fileOf(hash).equals(file) && zone.lookup(hash) != null) {
            return Adoption.KNOWN;
        }
        try (FileChannel channel = CacheDirectory.open(file)) {
            if (channel == null) {
                return Adoption.GONE;
            }
            return switch (EntryFile.inspect(channel)) {
                case Whole(EntryHeader header, int _) when isInPlace(file, header) ->
                        index(file, header, channel.size());
                case Whole _ -> remove(file);
                case Damaged _ -> {
                    zone.add(Tally.DAMAGED, 1);
                    yield remove(file);
                }
                case Foreign _ -> Adoption.FOREIGN;
            };
        } catch (NoSuchFileException e) {
            return Adoption.GONE;
        }
    }

    /** Other levels, or a name that isn't the key's, and no lookup will ever find the file. */
    private boolean isInPlace(Path file, EntryHeader header) {
        return directory.fileOf(KeyHash.of(header.key())).equals(file);
    }

    private static Adoption remove(Path file) throws IOException {
        return CacheDirectory.delete(file) ? Adoption.REMOVED : Adoption.GONE;
    }

    /**
     * The access time orders the entries, as far as the mount keeps it, but expires none at once.
     */
    private Adoption index(Path file, EntryHeader header, long length) throws IOException {
        Instant accessed =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .lastAccessTime()
                        .toInstant();
        Instant now = owner.now();
        Instant earliest = now.minus(settings.inactive().dividedBy(2));
        Instant latest = accessed.isAfter(now) ? now : accessed;
        entries.adopt(
                KeyHash.of(header.key()),
                header.created(),
                latest.isBefore(earliest) ? earliest : latest,
                Entries.sizeOnDisk(length));
        return Adoption.INDEXED;
    }

    /** Compares the whole index with the disk, and ends what killed processes began. */
    public Pass recheck() {
        return new PlacePass(zone, new Recheck(zone, directory, entries, owner));
    }

    /** Ends what killed processes began; looks at no other file. */
    public Pass repair() {
        Recheck recheck = new Recheck(zone, directory, entries, owner);
        return new PlacePass(zone, slot -> !slot.word().isValid() && recheck.at(slot));
    }

    /** Removes entries that weren't used for {@code sluice.cache.inactive}. */
    public Pass expiry() {
        return new PlacePass(
                zone,
                slot -> {
                    SlotWord seen = slot.word();
                    Instant end = slot.lastUse().plus(settings.inactive());
                    return seen.isValid()
                            && !end.isAfter(owner.now())
                            && entries.removeUnused(new Victim(slot, seen), RemovalReason.INACTIVE);
                });
    }

    /** Evicts, an entry a step, until the cache is within {@code max-size} and {@code min-free}. */
    public Pass limits() {
        return room::make;
    }

    /**
     * Deletes a file of the temp directory that nobody will finish: older than an hour.
     *
     * @param orphans whether one whose process is dead goes at any age
     */
    public boolean removeStaleTemp(Path file, boolean orphans) throws IOException {
        return tempFiles.removeStale(file, orphans);
    }

    /** Where files are written before they are renamed into the cache. */
    public Path tempDirectory() {
        return tempFiles.directory();
    }

    /** The root of the tree of cached files. */
    public Path directory() {
        return directory.root();
    }

    /** Compares the account of bytes with the entries; two runs correct what a kill left wrong. */
    public void audit() {
        audit.run();
    }
}
