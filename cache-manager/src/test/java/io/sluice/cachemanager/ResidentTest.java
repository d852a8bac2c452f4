package io.sluice.cachemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.cache.DiskCache;
import io.sluice.cachemanager.Progress.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentTest {
    private static final Resident.Rhythm QUICK =
            new Resident.Rhythm(Duration.ofMillis(10), Duration.ofMillis(10));

    @TempDir Path root;
    private TestCache files;
    private DiskCache cache;
    private Progress progress;
    private Resident resident;

    @BeforeEach
    void start() throws Exception {
        files = new TestCache(root);
        cache = files.open();
        progress = new Progress();
        resident = new Resident(cache, files.settings(), QUICK, progress);
        TestCache.put(cache, "key");
        resident.start();
    }

    @AfterEach
    void stop() throws Exception {
        resident.stop();
        cache.close();
    }

    @Test
    void loadsThenKeepsMakingRounds() throws Exception {
        await().until(() -> progress.phase() == Phase.RESIDENT);
        assertThat(cache.upkeep().isLoaded()).isTrue();
        assertThat(files.files()).hasSize(1);
        files.clock().pass(Duration.ofDays(11));
        await().until(() -> files.files().isEmpty());
        TestCache.put(cache, "another");
        files.clock().pass(Duration.ofDays(11));
        await().until(() -> files.files().isEmpty());
    }

    @Test
    void goesOnWhenItsLockIsDeleted() throws Exception {
        await().until(() -> progress.phase() == Phase.RESIDENT);
        Path lock = files.settings().directory().resolve(".sluice-manager.lock");
        Files.delete(lock);
        await().until(() -> Files.exists(lock));
        files.clock().pass(Duration.ofDays(11));
        await().until(() -> files.files().isEmpty());
        assertThat(progress.failure()).isEmpty();
    }

    @Test
    void saysWhatItCouldNotDoAndTakesItBackOnceItCan() throws Exception {
        await().until(() -> progress.phase() == Phase.RESIDENT);
        Path cacheDirectory = files.settings().directory();
        Path aside = root.resolve("aside");
        Files.move(cacheDirectory, aside);
        Files.writeString(cacheDirectory, "a file where the directory should be");
        await().until(() -> progress.failure().isPresent());
        assertThat(new CacheHealth(progress).health().getStatus().getCode())
                .isEqualTo("OUT_OF_SERVICE");
        Files.delete(cacheDirectory);
        Files.move(aside, cacheDirectory);
        await().until(() -> progress.failure().isEmpty());
        assertThat(new CacheHealth(progress).health().getStatus().getCode()).isEqualTo("UP");
    }
}
