package io.sluice.edge.upload;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.cache.Bounds;
import io.sluice.cache.CacheSettings;
import io.sluice.cache.DiskCache;
import io.sluice.cache.Levels;
import io.sluice.cache.Share;
import io.sluice.edge.content.Renditions;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.edge.job.JobProperties;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.job.ScriptedDispatcher;
import io.sluice.edge.job.TestSender;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskProperties;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.Durability;
import io.sluice.edge.spool.SpoolFile;
import io.sluice.model.ByteSize;
import io.sluice.model.UploadId;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An edge without its HTTP: real disk, real SQLite, real cache, and a processor that the test
 * plays.
 */
final class TestEdge implements AutoCloseable {
    private static final JobProperties JOBS =
            new JobProperties(
                    3, 20, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(2), 100);

    private final InstantSource clock = InstantSource.system();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedDispatcher dispatcher = new ScriptedDispatcher(4);
    private final DataDirectory data;
    private final Database database;
    private final DiskExecutor disk;
    private final DiskSpool spool;
    private final DiskStore store;
    private final DiskCache cache;
    private final Uploads uploads;
    private final Renditions renditions;
    private final TestSender sender;

    TestEdge(Path directory) throws Exception {
        data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        Files.createDirectories(data.run());
        DiskProperties diskProperties = new DiskProperties(2, 16, new ByteSize(0));
        database = new Database(new DatabaseProperties("", 1, 100), data, true, meters);
        disk = new DiskExecutor(diskProperties, meters);
        spool = new DiskSpool(data, diskProperties);
        store = new DiskStore(data, Durability.FSYNC);
        cache = DiskCache.open(cacheSettings(data), clock);
        Profiles profiles = new Profiles(Map.of());
        Jobs jobs = new Jobs(database, JOBS, clock, meters);
        UploadProperties properties =
                new UploadProperties(
                        new ByteSize(1 << 20),
                        Duration.ofHours(1),
                        100,
                        4,
                        1,
                        10,
                        Duration.ofHours(1));
        uploads =
                new Uploads(
                        properties,
                        profiles,
                        database,
                        disk,
                        store,
                        cache,
                        jobs,
                        Quotas.none(database),
                        clock,
                        meters);
        renditions = new Renditions(cache, jobs, profiles);
        sender = TestSender.start(jobs, database, dispatcher, uploads.jobSubject(), JOBS, clock);
    }

    private static CacheSettings cacheSettings(DataDirectory data) {
        Bounds bounds = new Bounds(100, Duration.ofMillis(50), Duration.ofMillis(200));
        return new CacheSettings(
                data.cache(),
                data.cacheTemp(),
                data.run().resolve("cache.zone"),
                Levels.valueOf("1:2"),
                ByteSize.valueOf("10MB"),
                Share.valueOf("0%"),
                Duration.ofDays(1),
                ByteSize.valueOf("1MB"),
                bounds,
                bounds);
    }

    Receipt accept(String text) throws IOException {
        return accept(text, null);
    }

    Receipt accept(String text, @Nullable String idempotencyKey) throws IOException {
        NewUpload request =
                new NewUpload(
                        "default", "test", "default", "a.txt", "text/plain", "{}", idempotencyKey);
        try (SpoolFile file = received(text)) {
            return uploads.accept(request, file).join();
        }
    }

    SpoolFile publishWithoutRow(String text) throws IOException {
        SpoolFile file = received(text);
        store.publish(file);
        return file;
    }

    private SpoolFile received(String text) throws IOException {
        SpoolFile file = spool.create(UploadId.next(clock));
        file.write(new ByteBuffer[] {ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))});
        return file;
    }

    void reconcile() throws IOException {
        new Reconciliation(database, store, clock).run();
    }

    Upload find(Upload upload) {
        return uploads.find(upload.tenant(), upload.id()).orElseThrow();
    }

    long originals() throws IOException {
        try (Stream<Path> all = Files.walk(data.store())) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    DataDirectory data() {
        return data;
    }

    ScriptedDispatcher dispatcher() {
        return dispatcher;
    }

    Uploads uploads() {
        return uploads;
    }

    Renditions renditions() {
        return renditions;
    }

    DiskCache cache() {
        return cache;
    }

    @Override
    public void close() throws SQLException {
        sender.close();
        disk.close();
        database.close();
        cache.close();
    }
}
