package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class CacheTest {
    private static final int READERS = 4;
    private static final int DELETIONS = 5;

    @Test
    @ExtendWith(Shared.class)
    void mayBeDeletedUnderLoadWithoutAnErrorToAnyClient(Sluice sluice) throws Exception {
        List<String> ids = photos(sluice.api(), "deleted", 3);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(
                        threads.submit(() -> {
                            while (!isOver.get()) {
                                for (String id : ids) {
                                    sluice.api().rendition(id, "thumb").isStatus(200);
                                    answered.incrementAndGet();
                                }
                            }
                            return null;
                        }));
            }
            for (int i = 0; i < DELETIONS; i++) {
                long before = answered.get();
                await().until(() -> answered.get() > before + 20 || isAnyDone(readers));
                Trees.empty(sluice.data().resolve("cache"));
                Trees.empty(sluice.data().resolve("cache-temp"));
            }
            long before = answered.get();
            await().until(() -> answered.get() > before + 20 || isAnyDone(readers));
            isOver.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private static boolean isAnyDone(List<Future<?>> futures) {
        return futures.stream().anyMatch(Future::isDone);
    }

    @Test
    void dropsWhatIsInactiveAndMakesItAgain() throws Exception {
        Launch launch = Launch.fresh("inactive").with("sluice.cache.inactive", "2s");
        try (Sluice sluice = launch.start()) {
            String id = photos(sluice.api(), "inactive", 1).getFirst();
            Path cache = sluice.data().resolve("cache");
            await().atMost(Sluice.PATIENCE)
                    .untilAsserted(() -> assertThat(entries(cache)).isEmpty());
            Answer again = sluice.api().rendition(id, "thumb").isStatus(200);
            assertThat(again.header("x-cache")).isEqualTo("MISS");
            assertThat(entries(cache)).isNotEmpty();
        }
    }

    /** The cache's own marks have names that begin with a dot. */
    private static List<Path> entries(Path cache) throws IOException {
        return Trees.names(cache).stream()
                .filter(name -> !name.toString().startsWith("."))
                .toList();
    }

    @Test
    void neverGrowsAboveItsMaximum() throws Exception {
        long max = 64 << 10;
        Launch launch =
                Launch.fresh("max-size")
                        .with("sluice.cache.max-size", max + "B")
                        .with("sluice.cache.min-free", "0%");
        try (Sluice sluice = launch.start()) {
            Path cache = sluice.data().resolve("cache");
            AtomicLong largest = new AtomicLong();
            AtomicBoolean isOver = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> watcher =
                        threads.submit(() -> {
                            while (!isOver.get()) {
                                largest.accumulateAndGet(Trees.sizeAtOnce(cache), Math::max);
                            }
                            return null;
                        });
                List<String> ids = photos(sluice.api(), "many", 12);
                for (String id : ids) {
                    sluice.api().rendition(id, "thumb").isStatus(200);
                    sluice.api().rendition(id, "medium").isStatus(200);
                }
                isOver.set(true);
                watcher.get();
            }
            assertThat(largest.get()).isBetween(max / 4, max);
        }
    }

    private static List<String> photos(Api api, String name, int count) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(api.upload(TestFile.photo(name + i), "image/jpeg"));
        }
        for (String id : ids) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> Api.state(api.end(id)).equals("ready"));
        }
        return ids;
    }
}
