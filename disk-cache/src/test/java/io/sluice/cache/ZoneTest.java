package io.sluice.cache;

import static io.sluice.cache.TestCache.get;
import static io.sluice.cache.TestCache.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.SlotWord.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneTest {
    @TempDir Path root;

    @Nested
    class AStateWord {
        @Test
        void carriesItsOwnerAndDeadline() {
            Instant deadline = Instant.parse("2040-01-01T00:00:00Z");
            SlotWord word = SlotWord.owned(Phase.DELETING, 4_194_303, deadline, 127);
            assertThat(word.phase()).isEqualTo(Phase.DELETING);
            assertThat(word.pid()).isEqualTo(4_194_303);
            assertThat(word.deadline()).isEqualTo(deadline);
            assertThat(word.isVisited()).isFalse();
        }

        @Test
        void differsWithEachPublicationAndVisit() {
            SlotWord first = SlotWord.valid(1);
            assertThat(first).isNotEqualTo(SlotWord.valid(2));
            assertThat(first.withVisited(true).isVisited()).isTrue();
            assertThat(first.withVisited(true).withVisited(false)).isEqualTo(first);
        }

        @Test
        void isAbandonedAfterItsDeadlineOrItsOwnersDeath() {
            TestCache.Moment clock = new TestCache.Moment();
            Owner owner = new Owner(clock);
            SlotWord mine = owner.claim(Phase.FILLING);
            assertThat(owner.isAbandoned(mine)).isFalse();
            clock.pass(Duration.ofSeconds(62));
            assertThat(owner.isAbandoned(mine)).isTrue();
            SlotWord dead =
                    SlotWord.owned(Phase.FILLING, 4_194_303, clock.instant().plusSeconds(60), 0);
            assertThat(owner.isAbandoned(dead)).isTrue();
            assertThat(owner.isAbandoned(SlotWord.valid(1))).isFalse();
        }
    }

    @Nested
    class AFileThatSaysSomethingElse {
        @Test
        void isReplacedWhenItIsOfAnotherSize() throws IOException {
            TestCache small = new TestCache(root);
            fillAndClose(small);
            TestCache large = small.withZoneSize("1MiB");
            try (DiskCache cache = large.open()) {
                assertThat(cache.statistics().capacity()).isEqualTo((1 << 20) / 64 - 64);
                assertThat(cache.upkeep().isLoaded()).isFalse();
                assertThat(get(cache, "key")).contains("body");
            }
        }

        @Test
        void isReplacedWhenAnyByteOfItsPreambleIsDamaged() throws IOException {
            TestCache files = new TestCache(root);
            fillAndClose(files);
            byte[] zone = Files.readAllBytes(files.settings().zoneFile());
            for (int at = 0; at < 48; at++) {
                byte[] damaged = zone.clone();
                damaged[at] ^= 1;
                Files.write(files.settings().zoneFile(), damaged);
                try (DiskCache cache = files.open()) {
                    assertThat(cache.upkeep().isLoaded()).as("byte %d", at).isFalse();
                    assertThat(cache.statistics().entries()).as("byte %d", at).isZero();
                }
            }
        }

        private void fillAndClose(TestCache files) throws IOException {
            try (DiskCache cache = files.open()) {
                put(cache, "key", "body");
                cache.upkeep().loaded();
            }
        }
    }

    @Nested
    class UnderManyThreads {
        @Test
        void theAccountIsRightAndNoBodyIsAnothersWhenTheyAreDone() throws Exception {
            TestCache files = new TestCache(root).withMaxSize("256KiB");
            try (DiskCache one = files.open();
                    DiskCache other = files.open();
                    ExecutorService threads = Executors.newFixedThreadPool(8)) {
                one.upkeep().loaded();
                List<Callable<Integer>> work = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    DiskCache cache = i % 2 == 0 ? one : other;
                    int seed = i;
                    work.add(() -> useWildly(cache, new Random(seed)));
                }
                int hits = 0;
                for (Future<Integer> done : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                    hits += done.get();
                }
                assertThat(hits).isPositive();
                // Nobody was killed, but an entry may have been deleted under a fill of its key.
                TestCache.finish(one.upkeep().recheck());
                one.upkeep().audit();
                one.upkeep().audit();
            }
            WholeZone.mustBeRight(files);
            assertThat(files.tempFiles()).isEmpty();
        }

        private int useWildly(DiskCache cache, Random random) throws IOException {
            int hits = 0;
            for (int i = 0; i < 400; i++) {
                String key = "key" + random.nextInt(100);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> put(cache, key, key.repeat(1 + random.nextInt(2000)));
                    case 3 -> cache.invalidate(key);
                    default -> {
                        String body = get(cache, key).orElse(key);
                        assertThat(body.replace(key, "")).as("body of %s", key).isEmpty();
                        hits += body.length() > key.length() ? 1 : 0;
                    }
                }
            }
            return hits;
        }
    }
}
