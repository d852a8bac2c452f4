package io.sluice.cache;

import io.sluice.model.ByteSize;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/** Keeps the cache within {@code max-size} and {@code min-free}. */
final class Room {
    private static final int EVICTIONS = 100_000;

    private final Zone zone;
    private final Entries entries;
    private final CacheSettings settings;

    Room(Zone zone, Entries entries, CacheSettings settings) {
        this.zone = zone;
        this.entries = entries;
        this.settings = settings;
    }

    /**
     * Accounts bytes before they come, and evicts for them: the cache is never above its size.
     *
     * @throws CacheFullException if no room can be made
     */
    void reserve(long size) throws IOException {
        long max = settings.maxSize().bytes();
        int evictions = 0;
        while (size <= max && evictions < EVICTIONS) {
            long used = zone.get(Tally.BYTES);
            if (used <= max - size) {
                if (zone.compareAndSet(Tally.BYTES, used, used + size)) {
                    return;
                }
            } else if (entries.evict(RemovalReason.MAX_SIZE)) {
                evictions++;
            } else {
                break;
            }
        }
        throw new CacheFullException(
                "no room for %d bytes, sluice.cache.max-size = %s: raise it, or serve without caching"
                        .formatted(size, new ByteSize(max)));
    }

    /** Evicts one entry if a limit is exceeded; false once all is well or nothing is left. */
    boolean make() throws IOException {
        if (zone.get(Tally.BYTES) > settings.maxSize().bytes()) {
            return entries.evict(RemovalReason.MAX_SIZE);
        }
        if (Files.notExists(settings.directory())) {
            return false;
        }
        FileStore disk = Files.getFileStore(settings.directory());
        return disk.getUsableSpace() < settings.minFree().of(disk.getTotalSpace())
                && entries.evict(RemovalReason.MIN_FREE);
    }
}
