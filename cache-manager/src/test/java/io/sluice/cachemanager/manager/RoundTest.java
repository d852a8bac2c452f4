package io.sluice.cachemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.DiskCache;
import io.sluice.cache.Pass;
import io.sluice.cachemanager.TestCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTest {
    @TempDir Path root;

    @Test
    void expiresWhatIsInactive() throws IOException {
        TestCache files = new TestCache(root);
        try (DiskCache cache = files.open()) {
            TestCache.put(cache, "old");
            files.clock().pass(Duration.ofDays(9));
            TestCache.put(cache, "young");
            files.clock().pass(Duration.ofDays(1));
            run(new Round(cache.upkeep(), false));
            assertThat(cache.statistics().entries()).isEqualTo(1);
            assertThat(files.files()).hasSize(1);
        }
    }

    @Test
    void sweepsTheFilesOfDeadFillsOnlyTheFirstTime() throws IOException {
        TestCache files = new TestCache(root);
        try (DiskCache cache = files.open()) {
            Path orphan =
                    Files.createFile(
                            files.settings()
                                    .tempDirectory()
                                    .resolve("0".repeat(32) + ".4194303.0123456789abcdef.tmp"));
            run(new Round(cache.upkeep(), false));
            assertThat(orphan).exists();
            run(new Round(cache.upkeep(), true));
            assertThat(orphan).doesNotExist();
        }
    }

    @Test
    void hasNothingToDoWhenTheDirectoriesAreGone() throws IOException {
        TestCache files = new TestCache(root);
        try (DiskCache cache = files.open()) {
            Files.delete(files.settings().tempDirectory());
            Files.delete(files.settings().directory().resolve(".sluice-cache"));
            Files.delete(files.settings().directory());
            run(new Round(cache.upkeep(), true));
            TestCache.put(cache, "key");
            assertThat(files.files()).hasSize(1);
        }
    }

    private static void run(Round round) throws IOException {
        for (Pass pass : round.passes()) {
            while (pass.step()) {
                // To its end.
            }
        }
        round.finish();
    }
}
