package io.sluice.cache;

import static io.sluice.cache.TestCache.get;
import static io.sluice.cache.TestCache.put;
import static io.sluice.cache.TestCache.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {
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
    class AFilledEntry {
        @Test
        void isFoundWithAllThatWasSaidAboutIt() throws IOException {
            put(cache, "key", "body");
            try (CachedFile found = cache.find("key").orElseThrow()) {
                assertThat(TestCache.body(found)).isEqualTo("body");
                assertThat(found.contentType()).isEqualTo("text/plain");
                assertThat(found.bodyLength()).isEqualTo(4);
                assertThat(found.created().toEpochMilli())
                        .isEqualTo(files.clock().instant().toEpochMilli());
                assertThat(found.etag()).matches("\"[0-9a-f]{32}-[0-9a-f]{8}\"");
            }
            assertThat(cache.statistics().hits()).isEqualTo(1);
            assertThat(cache.statistics().fills()).isEqualTo(1);
        }

        @Test
        void isOneFileInItsLevelsAndLeavesNoTempFile() throws IOException {
            put(cache, "key", "body");
            assertThat(files.files()).containsExactly(files.fileOf("key"));
            assertThat(files.tempFiles()).isEmpty();
            WholeZone.mustBeRight(files);
        }

        @Test
        void isReplacedByALaterOneWithAnotherTag() throws IOException {
            put(cache, "key", "old");
            String oldTag = etag();
            put(cache, "key", "new and longer");
            assertThat(get(cache, "key")).contains("new and longer");
            assertThat(etag()).isNotEqualTo(oldTag);
            assertThat(cache.statistics().entries()).isEqualTo(1);
            WholeZone.mustBeRight(files);
        }

        private String etag() throws IOException {
            try (CachedFile found = cache.find("key").orElseThrow()) {
                return found.etag();
            }
        }

        @Test
        void isReadableByItsOwnerAloneAndSoIsTheIndex() throws IOException {
            put(cache, "key", "body");
            assertThat(PosixFilePermissions.toString(mode(files.fileOf("key"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(mode(files.settings().zoneFile())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(mode(files.settings().directory())))
                    .isEqualTo("rwx------");
        }

        private Set<PosixFilePermission> mode(Path path) throws IOException {
            return Files.getPosixFilePermissions(path);
        }

        @Test
        void isThereAfterARestart() throws IOException {
            put(cache, "key", "body");
            cache.close();
            cache = files.open();
            assertThat(get(cache, "key")).contains("body");
            assertThat(cache.upkeep().isLoaded()).as("the index survived, too").isTrue();
        }

        @Test
        void isFoundByAnotherOneWhoHasTheCacheOpen() throws IOException {
            try (DiskCache other = files.open()) {
                put(cache, "key", "body");
                assertThat(get(other, "key")).contains("body");
            }
        }

        @Test
        void isReadToItsEndThoughItIsDeletedMeanwhile() throws IOException {
            put(cache, "key", "body");
            try (CachedFile found = cache.find("key").orElseThrow()) {
                assertThat(cache.invalidate("key")).isTrue();
                assertThat(TestCache.body(found)).isEqualTo("body");
            }
        }
    }

    @Nested
    class AFill {
        @Test
        void isNotSeenBeforeItsCommit() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", List.of())) {
                write(fill, "body");
                assertThat(get(cache, "key")).isEmpty();
            }
        }

        @Test
        void leavesNothingWithoutACommit() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", List.of())) {
                write(fill, "body");
            }
            assertThat(files.tempFiles()).isEmpty();
            WholeZone.mustBeRight(files);
        }

        @Test
        void isRefusedIfNobodyWroteABody() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", List.of())) {
                assertThatThrownBy(fill::commit).hasMessageContaining("no body");
            }
        }

        @Test
        void isRefusedIfItsTempFileWasDeletedAndLeavesTheAccountRight() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", List.of())) {
                Files.delete(fill.file());
                assertThatThrownBy(fill::commit).isInstanceOf(NoSuchFileException.class);
            }
            WholeZone.mustBeRight(files);
        }

        @Test
        void isCommittedOnce() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", List.of())) {
                write(fill, "body");
                fill.commit();
                assertThatIllegalStateException().isThrownBy(fill::commit);
            }
            assertThat(get(cache, "key")).contains("body");
        }

        @Test
        void isRefusedForAHeaderThatIsTooLong() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.fill("k".repeat(40_000), "text/plain", List.of()))
                    .withMessageContaining("32768");
        }

        @Test
        void neverReplacesSomebodyElsesFile() throws IOException {
            Path place = files.fileOf("key");
            Files.createDirectories(place.getParent());
            Files.writeString(place, "not Sluice's");
            assertThatThrownBy(() -> put(cache, "key", "body"))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining("move it out");
            assertThat(place).hasContent("not Sluice's");
            assertThat(cache.statistics().bytes()).isZero();
            assertThat(cache.statistics().entries()).isZero();
        }
    }

    @Nested
    class Room {
        @Test
        void isMadeByEvictingTheLongestUnused() throws IOException {
            reopenWithMaxSize("40KiB");
            for (int i = 0; i < 10; i++) {
                put(cache, "key" + i, "body");
                files.clock().pass(Duration.ofSeconds(2));
            }
            assertThat(get(cache, "key0")).isPresent();
            put(cache, "one more", "body");
            assertThat(get(cache, "key0")).as("visited since").isPresent();
            assertThat(get(cache, "key1")).as("the longest unused").isEmpty();
            assertThat(cache.statistics().removals()).containsEntry(RemovalReason.MAX_SIZE, 1L);
        }

        @Test
        void isNeverMoreThanMaxSize() throws IOException {
            reopenWithMaxSize("64KiB");
            for (int i = 0; i < 200; i++) {
                put(cache, "key" + i, "x".repeat(1 + i * 100));
                assertThat(files.bytesOnDisk()).isLessThanOrEqualTo(64 * 1024);
            }
            WholeZone.mustBeRight(files);
        }

        @Test
        void isRefusedToWhatIsLargerThanTheCacheWhichKeepsWhatItHas() throws IOException {
            reopenWithMaxSize("16KiB");
            put(cache, "small", "body");
            try (Fill fill = cache.fill("large", "text/plain", List.of())) {
                write(fill, "x".repeat(20_000));
                assertThatThrownBy(fill::commit)
                        .isInstanceOf(CacheFullException.class)
                        .hasMessageContaining("sluice.cache.max-size = 16 KiB");
                assertThat(fill.file()).as("still there to be served").exists();
            }
            assertThat(get(cache, "small")).isPresent();
            WholeZone.mustBeRight(files);
        }

        @Test
        void inAFullIndexIsMadeInsteadOfRefusingToServe() throws IOException {
            long capacity = cache.statistics().capacity();
            for (int i = 0; i < capacity + 200; i++) {
                put(cache, "key" + i, "x");
            }
            assertThat(cache.statistics().entries()).isBetween(capacity * 8 / 10, capacity);
            assertThat(get(cache, "key" + (capacity + 199))).isPresent();
            assertThat(cache.statistics().removals().get(RemovalReason.ZONE_FULL)).isPositive();
            WholeZone.mustBeRight(files);
        }

        private void reopenWithMaxSize(String size) throws IOException {
            cache.close();
            files = files.withMaxSize(size);
            cache = files.open();
        }
    }

    @Nested
    class AnInvalidatedEntry {
        @Test
        void isGoneFromIndexAndDisk() throws IOException {
            put(cache, "key", "body");
            assertThat(cache.invalidate("key")).isTrue();
            assertThat(get(cache, "key")).isEmpty();
            assertThat(files.files()).isEmpty();
            assertThat(cache.statistics().removals()).containsEntry(RemovalReason.PURGED, 1L);
            assertThat(cache.statistics().evictions()).isZero();
            WholeZone.mustBeRight(files);
        }

        @Test
        void isNothingToComplainAboutIfItWasNeverThere() throws IOException {
            assertThat(cache.invalidate("key")).isFalse();
        }

        @Test
        void isGoneAlsoIfTheIndexHasNotLoadedIt() throws IOException {
            put(cache, "key", "body");
            cache.close();
            Files.delete(files.settings().zoneFile());
            cache = files.open();
            assertThat(cache.invalidate("key")).isTrue();
            assertThat(get(cache, "key")).isEmpty();
        }
    }
}
