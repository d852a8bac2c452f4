package io.sluice.edge.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.cache.Bounds;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import io.sluice.cache.Levels;
import io.sluice.cache.Share;
import io.sluice.edge.database.Database;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskStore;
import io.sluice.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Makes the core of uploads for tests of what stands upon it. */
public final class TestUploads {
    private TestUploads() {}

    /** Uploads with the default profile only, and a cache beside the store. */
    public static Uploads of(
            Database database,
            DiskExecutor disk,
            DiskStore store,
            Jobs jobs,
            InstantSource clock,
            MeterRegistry meters)
            throws IOException {
        Path beside = Files.createDirectories(store.root().resolveSibling("run"));
        Bounds bounds = new Bounds(100, Duration.ofMillis(50), Duration.ofMillis(200));
        CacheSettings cache =
                new CacheSettings(
                        beside.resolveSibling("cache"),
                        beside.resolveSibling("cache-temp"),
                        beside.resolve("cache.zone"),
                        Levels.valueOf("1:2"),
                        ByteSize.valueOf("10MB"),
                        Share.valueOf("0%"),
                        Duration.ofDays(1),
                        ByteSize.valueOf("1MB"),
                        bounds,
                        bounds);
        UploadProperties properties =
                new UploadProperties(
                        new ByteSize(1 << 20),
                        Duration.ofHours(1),
                        100,
                        4,
                        1,
                        10,
                        Duration.ofHours(1));
        return new Uploads(
                properties,
                new Profiles(Map.of()),
                database,
                disk,
                store,
                DiskCache.open(cache, clock),
                jobs,
                Quotas.none(database),
                clock,
                meters);
    }
}
