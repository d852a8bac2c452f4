package io.sluice.cache;

import static io.sluice.cache.TestCache.get;
import static io.sluice.cache.TestCache.put;
import static io.sluice.cache.TestCache.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and failing disks do to the files. */
class HandsOnTheCacheTest {
    @TempDir Path root;
    private TestCache files;
    private DiskCache cache;

    @BeforeEach
    void open() throws IOException {
        files = new TestCache(root);
        cache = files.open();
        cache.upkeep().loaded();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Nested
    class AfterDeletion {
        @Test
        void ofOneFileItIsAMissAndTheAccountFollows() throws IOException {
            put(cache, "key", "body");
            Files.delete(files.fileOf("key"));
            assertThat(get(cache, "key")).isEmpty();
            WholeZone.mustBeRight(files);
        }

        @ParameterizedTest
        @ValueSource(strings = {"cache", "cache-temp"})
        void ofAWholeTreeEverythingGoesOn(String tree) throws IOException {
            put(cache, "key", "body");
            deleteTree(root.resolve(tree));
            assertThat(cache.find("other")).isEmpty();
            put(cache, "key", "again");
            assertThat(get(cache, "key")).contains("again");
            WholeZone.mustBeRight(files);
        }

        @Test
        void ofTheTreeDuringAFillTheFillSucceeds() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", List.of())) {
                write(fill, "body");
                deleteTree(root.resolve("cache"));
                fill.commit();
            }
            assertThat(get(cache, "key")).contains("body");
        }

        @Test
        void ofTheIndexTheFilesAreFoundAllTheSame() throws IOException {
            put(cache, "key", "body");
            cache.close();
            Files.delete(files.settings().zoneFile());
            cache = files.open();
            assertThat(cache.upkeep().isLoaded()).isFalse();
            assertThat(get(cache, "key")).contains("body");
            assertThat(cache.statistics().entries()).as("indexed by its first use").isEqualTo(1);
            WholeZone.mustBeRight(files);
        }

        private void deleteTree(Path tree) throws IOException {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Nested
    class ADamagedFile {
        @Test
        void isNeverServedWhicheverByteOfItChanged() throws IOException {
            put(cache, "key", "body");
            byte[] whole = Files.readAllBytes(files.fileOf("key"));
            for (int at = 8; at < whole.length; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x10;
                restartWith(damaged);
                assertThat(get(cache, "key")).as("byte %d", at).isEmpty();
                assertThat(files.fileOf("key")).as("byte %d", at).doesNotExist();
            }
            assertThat(cache.statistics().damaged()).isEqualTo(whole.length - 8);
            WholeZone.mustBeRight(files);
        }

        @Test
        void isNeverServedWhereverItWasCut() throws IOException {
            put(cache, "key", "body");
            byte[] whole = Files.readAllBytes(files.fileOf("key"));
            for (int length = 0; length < whole.length; length++) {
                restartWith(java.util.Arrays.copyOf(whole, length));
                assertThat(get(cache, "key")).as("%d bytes", length).isEmpty();
                Files.deleteIfExists(files.fileOf("key"));
            }
        }

        @Test
        void isNotServedThoughItWasWholeAMomentAgo() throws IOException {
            put(cache, "key", "body");
            assertThat(get(cache, "key")).contains("body");
            byte[] damaged = Files.readAllBytes(files.fileOf("key"));
            damaged[damaged.length - 1] ^= 1;
            Files.write(files.fileOf("key"), damaged);
            assertThat(get(cache, "key")).isEmpty();
        }

        @Test
        void isNotServedWhenItGrew() throws IOException {
            put(cache, "key", "body");
            Files.writeString(files.fileOf("key"), "more", StandardOpenOption.APPEND);
            assertThat(get(cache, "key")).isEmpty();
        }

        @Test
        void isMadeAnew() throws IOException {
            put(cache, "key", "body");
            Files.writeString(files.fileOf("key"), "", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(get(cache, "key")).isEmpty();
            put(cache, "key", "body");
            assertThat(get(cache, "key")).contains("body");
            WholeZone.mustBeRight(files);
        }

        /** Puts these bytes where the entry is, indexed, as a process that starts finds them. */
        private void restartWith(byte[] bytes) throws IOException {
            Files.deleteIfExists(files.fileOf("key"));
            put(cache, "key", "body");
            Files.write(files.fileOf("key"), bytes);
            cache.close();
            cache = files.open();
        }
    }

    @Nested
    class AForeignFile {
        @Test
        void inThePlaceOfAnEntryIsNeitherServedNorDeleted() throws IOException {
            put(cache, "key", "body");
            Files.writeString(files.fileOf("key"), "my thesis");
            assertThat(get(cache, "key")).isEmpty();
            assertThat(cache.invalidate("key")).isFalse();
            assertThat(files.fileOf("key")).hasContent("my thesis");
        }

        @Test
        void ofAnotherKeyIsNotServed() throws IOException {
            put(cache, "key", "body");
            put(cache, "other", "body");
            Files.copy(
                    files.fileOf("other"),
                    files.fileOf("key"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(get(cache, "key")).isEmpty();
        }

        @Test
        void behindALinkIsNotFollowed() throws IOException {
            put(cache, "key", "body");
            Path elsewhere = Files.move(files.fileOf("key"), root.resolve("elsewhere"));
            Files.createSymbolicLink(files.fileOf("key"), elsewhere);
            assertThat(get(cache, "key")).isEmpty();
            assertThat(elsewhere).exists();
        }

        @Test
        void inAnUnmarkedDirectoryMakesItNotACache(@TempDir Path home) throws IOException {
            TestCache wrong = new TestCache(home);
            Path directory = Files.createDirectories(wrong.settings().directory());
            Files.writeString(directory.resolve("customer.db"), "all of them");
            assertThatThrownBy(wrong::open)
                    .isInstanceOf(UnusableCacheException.class)
                    .hasMessageContaining("sluice.cache.directory = ")
                    .hasMessageContaining("customer.db")
                    .hasMessageContaining("name an empty or a new directory");
        }

        @Test
        void besideOurMarkerIsTolerated() throws IOException {
            Files.writeString(root.resolve("cache/README"), "hello");
            cache.close();
            cache = files.open();
            assertThat(root.resolve("cache/README")).exists();
        }
    }

    @Test
    void aCacheWhoseMarkerWasDeletedIsKnownByItsLevels() throws IOException {
        put(cache, "key", "body");
        Files.delete(root.resolve("cache/.sluice-cache"));
        cache.close();
        cache = files.open();
        assertThat(get(cache, "key")).contains("body");
    }
}
