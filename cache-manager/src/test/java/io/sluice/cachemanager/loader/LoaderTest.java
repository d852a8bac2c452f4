package io.sluice.cachemanager.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.DiskCache;
import io.sluice.cache.Pass;
import io.sluice.cachemanager.TestCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    private static final int FILES = 20;

    @TempDir Path root;

    @Test
    void indexesWhatTheIndexLacks() throws IOException {
        TestCache files = new TestCache(root);
        fill(files);
        Files.delete(files.settings().zoneFile());
        try (DiskCache cache = files.open()) {
            assertThat(cache.upkeep().isLoaded()).isFalse();
            load(cache);
            assertThat(cache.statistics().entries()).isEqualTo(FILES);
            assertThat(cache.statistics().bytes()).isEqualTo(FILES * 4096L);
            assertThat(cache.upkeep().isLoaded()).isTrue();
        }
    }

    @Test
    void dropsEntriesWhoseFilesAreGone() throws IOException {
        TestCache files = new TestCache(root);
        fill(files);
        Files.delete(files.files().getFirst());
        try (DiskCache cache = files.open()) {
            load(cache);
            assertThat(cache.statistics().entries()).isEqualTo(FILES - 1);
            assertThat(cache.statistics().bytes()).isEqualTo((FILES - 1) * 4096L);
        }
    }

    @Test
    void goesOneFileAStep() throws IOException {
        TestCache files = new TestCache(root);
        fill(files);
        Files.delete(files.settings().zoneFile());
        try (DiskCache cache = files.open()) {
            Pass walk = new Loader(cache.upkeep()).passes().getFirst();
            long before = 0;
            while (walk.step()) {
                long entries = cache.statistics().entries();
                assertThat(entries - before).isBetween(0L, 1L);
                before = entries;
            }
            assertThat(before).isEqualTo(FILES);
        }
    }

    @Nested
    class AForeignFile {
        @Test
        void isCountedAndLeftAlone() throws IOException {
            TestCache files = new TestCache(root);
            fill(files);
            Path directory = files.settings().directory();
            Path readme = Files.writeString(directory.resolve("README.txt"), "hello");
            Path database = Files.writeString(files.files().getFirst().resolveSibling("x.db"), "1");
            Path link = Files.createSymbolicLink(directory.resolve("link"), root);
            Path deep = Files.createDirectories(directory.resolve("a/b/c/d/e"));
            try (DiskCache cache = files.open()) {
                assertThat(load(cache).foreignFiles()).isEqualTo(4);
            }
            assertThat(readme).exists();
            assertThat(database).exists();
            assertThat(link).exists();
            assertThat(deep).exists();
        }
    }

    @Test
    void findsNothingToDoWhenTheTreeIsDeletedUnderIt() throws IOException {
        TestCache files = new TestCache(root);
        fill(files);
        try (DiskCache cache = files.open()) {
            for (Path file : files.files()) {
                Files.delete(file);
                Files.deleteIfExists(file.getParent());
            }
            load(cache);
            assertThat(cache.statistics().entries()).isZero();
        }
    }

    private static void fill(TestCache files) throws IOException {
        try (DiskCache cache = files.open()) {
            for (int i = 0; i < FILES; i++) {
                TestCache.put(cache, "key" + i);
            }
        }
    }

    private static Loader load(DiskCache cache) throws IOException {
        Loader loader = new Loader(cache.upkeep());
        for (Pass pass : loader.passes()) {
            while (pass.step()) {
                // To its end.
            }
        }
        loader.finish();
        return loader;
    }
}
