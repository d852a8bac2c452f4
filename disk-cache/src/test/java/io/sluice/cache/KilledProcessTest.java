package io.sluice.cache;

import static io.sluice.cache.TestCache.get;
import static io.sluice.cache.TestCache.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.SlotWord.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill at any instruction leaves, and what makes it right again. */
class KilledProcessTest {
    private static final int KILLS = 5;

    @TempDir Path root;

    @Test
    void aFillingProcessKilledAnywhereLeavesNoWrongBytesAndNothingThatStays() throws Exception {
        TestCache files = new TestCache(root).withMaxSize("512KiB");
        try (DiskCache cache = files.open()) {
            cache.upkeep().loaded();
            for (int kill = 0; kill < KILLS; kill++) {
                fillUntilKilled(cache, kill);
                for (int i = 0; i < 200; i++) {
                    checkBody(cache, "key" + i);
                }
                assertThat(files.bytesOnDisk()).isLessThanOrEqualTo(512 * 1024);
                repair(cache, files);
                WholeZone.mustBeRight(files);
                assertThat(files.tempFiles()).isEmpty();
            }
        }
    }

    private void fillUntilKilled(DiskCache cache, int seed) throws Exception {
        Process process = start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("filling");
            // Reads from here go on beside its fills until its time is up.
            long end =
                    System.nanoTime()
                            + TimeUnit.MILLISECONDS.toNanos(50 + new Random(seed).nextInt(150));
            for (int i = 0; System.nanoTime() < end; i++) {
                checkBody(cache, "key" + i % 200);
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FillingProcess.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void checkBody(DiskCache cache, String key) throws IOException {
        assertThat(get(cache, key).orElse(key).replace(key, "")).as("body of %s", key).isEmpty();
    }

    private static void repair(DiskCache cache, TestCache files) throws IOException {
        for (Path file : files.tempFiles()) {
            assertThat(cache.upkeep().removeStaleTemp(file, true)).isTrue();
        }
        for (Path file : files.files()) {
            cache.upkeep().adopt(file);
        }
        TestCache.finish(cache.upkeep().recheck());
        cache.upkeep().audit();
        cache.upkeep().audit();
    }

    @Nested
    class AnEntryLeftHalfDone {
        private static final long NOBODY = 4_194_303;

        @Test
        void isAnEntryIfTheFileWasRenamedAlready() throws IOException {
            TestCache files = new TestCache(root);
            try (DiskCache cache = files.open()) {
                cache.upkeep().loaded();
                put(cache, "key", "body");
                abandon(files, Phase.FILLING);
                assertThat(get(cache, "key")).as("also before the recheck").contains("body");
                TestCache.finish(cache.upkeep().recheck());
                assertThat(get(cache, "key")).contains("body");
            }
            WholeZone.mustBeRight(files);
        }

        @Test
        void isFinishedWhenItWasBeingDeleted() throws IOException {
            TestCache files = new TestCache(root);
            try (DiskCache cache = files.open()) {
                put(cache, "key", "body");
                abandon(files, Phase.DELETING);
                assertThat(get(cache, "key")).as("not served any more").isEmpty();
                TestCache.finish(cache.upkeep().recheck());
            }
            assertThat(files.files()).isEmpty();
            WholeZone.mustBeRight(files);
        }

        @Test
        void isTakenOverByTheNextFill() throws IOException {
            TestCache files = new TestCache(root);
            try (DiskCache cache = files.open()) {
                put(cache, "key", "body");
                abandon(files, Phase.FILLING);
                put(cache, "key", "new");
                assertThat(get(cache, "key")).contains("new");
            }
            WholeZone.mustBeRight(files);
        }

        private void abandon(TestCache files, Phase phase) throws IOException {
            try (Zone zone = files.zone()) {
                Slot slot = Objects.requireNonNull(zone.lookup(KeyHash.of("key")));
                SlotWord left =
                        SlotWord.owned(phase, NOBODY, files.clock().instant().plusSeconds(60), 0);
                assertThat(slot.compareAndSet(slot.word(), left)).isTrue();
            }
        }
    }

    @Nested
    class AnAccountLeftWrong {
        @Test
        void isRightAfterTwoAudits() throws IOException {
            TestCache files = new TestCache(root);
            try (DiskCache cache = files.open();
                    Zone zone = files.zone()) {
                put(cache, "key", "body");
                zone.add(Tally.BYTES, 1 << 20);
                zone.add(Tally.ENTRIES, 1);
                cache.upkeep().audit();
                cache.upkeep().audit();
            }
            WholeZone.mustBeRight(files);
        }

        @Test
        void isNotCorrectedOnTheFirstLookAsAFillMayBeUnderWay() throws IOException {
            TestCache files = new TestCache(root);
            try (DiskCache cache = files.open();
                    Zone zone = files.zone()) {
                zone.add(Tally.BYTES, 4096);
                cache.upkeep().audit();
                assertThat(cache.statistics().bytes()).isEqualTo(4096);
                zone.add(Tally.BYTES, -4096);
                cache.upkeep().audit();
                cache.upkeep().audit();
                assertThat(cache.statistics().bytes()).isZero();
            }
        }
    }
}
