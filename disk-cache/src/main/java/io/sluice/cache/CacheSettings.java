package io.sluice.cache;

import io.sluice.model.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the cache lies and how large it may grow; the keys {@code sluice.cache.*}. The defaults are
 * in {@code cache-defaults.properties} beside this class.
 *
 * @param directory of the cached files
 * @param tempDirectory of files being written, on the same file system
 * @param zoneFile the shared index
 * @param maxSize of all cached files together, in whole disk blocks
 * @param minFree what stays free on the disk of the cache
 * @param inactive an entry unused for so long goes, however fresh
 * @param zoneSize of the shared index: 16,384 entries per MiB
 * @param manager how much the manager does at a stretch
 * @param loader how much the loader does at a stretch
 */
public record CacheSettings(
        Path directory,
        Path tempDirectory,
        Path zoneFile,
        Levels levels,
        ByteSize maxSize,
        Share minFree,
        Duration inactive,
        ByteSize zoneSize,
        Bounds manager,
        Bounds loader) {
    private static final ByteSize SMALLEST_ZONE = ByteSize.valueOf("64KiB");
    private static final ByteSize LARGEST_ZONE = ByteSize.valueOf("16GiB");

    public CacheSettings {
        require("directory", directory);
        require("temp-directory", tempDirectory);
        require("zone-file", zoneFile);
        require("levels", levels);
        require("max-size", maxSize);
        require("min-free", minFree);
        require("inactive", inactive);
        require("zone-size", zoneSize);
        require("manager", manager);
        require("loader", loader);
        directory = directory.toAbsolutePath().normalize();
        tempDirectory = tempDirectory.toAbsolutePath().normalize();
        zoneFile = zoneFile.toAbsolutePath().normalize();
        if (tempDirectory.startsWith(directory) || directory.startsWith(tempDirectory)) {
            throw new IllegalArgumentException(
                    "sluice.cache.temp-directory = %s: must not lie inside sluice.cache.directory = %s nor around it; choose a directory beside it"
                            .formatted(tempDirectory, directory));
        }
        if (inactive.isNegative() || inactive.isZero()) {
            throw new IllegalArgumentException(
                    "sluice.cache.inactive = %s: must be above zero, like 10d".formatted(inactive));
        }
        if (zoneSize.bytes() < SMALLEST_ZONE.bytes() || zoneSize.bytes() > LARGEST_ZONE.bytes()) {
            throw new IllegalArgumentException(
                    "sluice.cache.zone-size = %s: must be %s to %s; 1 MiB holds 16,384 entries"
                            .formatted(zoneSize, SMALLEST_ZONE, LARGEST_ZONE));
        }
    }

    /** A binder may pass null for a key that is missing, whatever the types say. */
    private static void require(String key, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("sluice.cache." + key + " is missing: give a value");
        }
    }
}
