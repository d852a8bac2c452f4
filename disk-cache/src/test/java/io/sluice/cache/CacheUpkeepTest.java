package io.sluice.cache;

import static io.sluice.cache.TestCache.finish;
import static io.sluice.cache.TestCache.get;
import static io.sluice.cache.TestCache.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheUpkeepTest {
    @TempDir Path root;
    private TestCache files;
    private DiskCache cache;

    @BeforeEach
    void open() throws IOException {
        files = new TestCache(root);
        cache = files.open();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Nested
    class Expiry {
        @Test
        void takesWhatWasNotUsedForInactiveAndNothingElse() throws IOException {
            put(cache, "unused", "body");
            put(cache, "used", "body");
            files.clock().pass(Duration.ofDays(9));
            assertThat(get(cache, "used")).isPresent();
            files.clock().pass(Duration.ofDays(1));
            finish(cache.upkeep().expiry());
            assertThat(files.files()).containsExactly(files.fileOf("used"));
            assertThat(cache.statistics().removals()).containsEntry(RemovalReason.INACTIVE, 1L);
            WholeZone.mustBeRight(files);
        }

        @Test
        void takesOneFileAStep() throws IOException {
            for (int i = 0; i < 10; i++) {
                put(cache, "key" + i, "body");
            }
            files.clock().pass(Duration.ofDays(11));
            Pass expiry = cache.upkeep().expiry();
            expiry.step();
            assertThat(files.files()).hasSize(9);
        }
    }

    @Nested
    class Limits {
        @Test
        void areKeptWhenMaxSizeWasLowered() throws IOException {
            for (int i = 0; i < 20; i++) {
                put(cache, "key" + i, "body");
            }
            cache.close();
            files = files.withMaxSize("40KiB");
            cache = files.open();
            finish(cache.upkeep().limits());
            assertThat(files.files()).hasSize(10);
            WholeZone.mustBeRight(files);
        }

        @Test
        void doNothingWhileAllIsWell() throws IOException {
            put(cache, "key", "body");
            assertThat(cache.upkeep().limits().step()).isFalse();
            assertThat(files.files()).hasSize(1);
        }
    }

    @Nested
    class AFileOfTheTree {
        @Test
        void isIndexedIfTheIndexLacksIt() throws IOException {
            put(cache, "key", "body");
            loseIndex();
            assertThat(adopt("key")).isEqualTo(Adoption.INDEXED);
            assertThat(adopt("key")).isEqualTo(Adoption.KNOWN);
            cache.upkeep().loaded();
            assertThat(get(cache, "key")).contains("body");
            WholeZone.mustBeRight(files);
        }

        @Test
        void isDeletedIfItIsOursAndDamaged() throws IOException {
            put(cache, "key", "body");
            loseIndex();
            byte[] torn = Files.readAllBytes(files.fileOf("key"));
            Files.write(files.fileOf("key"), java.util.Arrays.copyOf(torn, torn.length - 1));
            assertThat(adopt("key")).isEqualTo(Adoption.REMOVED);
            assertThat(files.files()).isEmpty();
            assertThat(cache.statistics().damaged()).isEqualTo(1);
        }

        @Test
        void isDeletedIfItIsOursAndInAPlaceThatNoLookupSees() throws IOException {
            put(cache, "key", "body");
            Path misplaced = files.settings().directory().resolve("copy");
            Files.copy(files.fileOf("key"), misplaced);
            assertThat(cache.upkeep().adopt(misplaced)).isEqualTo(Adoption.REMOVED);
            assertThat(get(cache, "key")).isPresent();
        }

        @Test
        void isLeftAloneIfItIsForeign() throws IOException {
            Path readme = Files.writeString(files.settings().directory().resolve("README"), "Hi");
            assertThat(cache.upkeep().adopt(readme)).isEqualTo(Adoption.FOREIGN);
            assertThat(readme).exists();
        }

        @Test
        void mayBeGoneByTheTime() throws IOException {
            assertThat(adopt("key")).isEqualTo(Adoption.GONE);
        }

        @Test
        void isNotExpiredAtOnceHoweverOldItIs() throws IOException {
            put(cache, "key", "body");
            loseIndex();
            files.clock().pass(Duration.ofDays(100));
            adopt("key");
            finish(cache.upkeep().expiry());
            assertThat(get(cache, "key")).isPresent();
        }

        private void loseIndex() throws IOException {
            cache.close();
            Files.delete(files.settings().zoneFile());
            cache = files.open();
        }

        private Adoption adopt(String key) throws IOException {
            return cache.upkeep().adopt(files.fileOf(key));
        }
    }

    @Nested
    class Recheck {
        @Test
        void dropsGhosts() throws IOException {
            put(cache, "key", "body");
            put(cache, "ghost", "body");
            Files.delete(files.fileOf("ghost"));
            finish(cache.upkeep().recheck());
            assertThat(cache.statistics().entries()).isEqualTo(1);
            WholeZone.mustBeRight(files);
        }
    }

    @Nested
    class ATempFile {
        @Test
        void isStaleAfterAnHour() throws IOException {
            try (Fill fill = cache.fill("key", "text/plain", java.util.List.of())) {
                assertThat(cache.upkeep().removeStaleTemp(fill.file(), true)).isFalse();
                files.clock().pass(TempFiles.LIFETIME.plusMinutes(1));
                assertThat(cache.upkeep().removeStaleTemp(fill.file(), false)).isTrue();
            }
        }

        @Test
        void ofADeadProcessIsStaleAtOnceIfOrphansAreAskedFor() throws IOException {
            Path orphan =
                    Files.writeString(
                            cache.upkeep()
                                    .tempDirectory()
                                    .resolve("0".repeat(32) + ".4194303.0123456789abcdef.tmp"),
                            "half");
            assertThat(cache.upkeep().removeStaleTemp(orphan, false)).isFalse();
            assertThat(cache.upkeep().removeStaleTemp(orphan, true)).isTrue();
            assertThat(orphan).doesNotExist();
        }

        @Test
        void ofAnotherNameIsNotOurs() throws IOException {
            Path foreign =
                    Files.writeString(cache.upkeep().tempDirectory().resolve("thesis.tmp"), "x");
            Files.setLastModifiedTime(foreign, FileTime.fromMillis(0));
            assertThat(cache.upkeep().removeStaleTemp(foreign, true)).isFalse();
            assertThat(foreign).exists();
        }
    }
}
