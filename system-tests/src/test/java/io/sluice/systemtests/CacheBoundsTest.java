package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheBoundsTest {
    private static final long MAX = 64 << 10;
    private static final int PHOTOS = 12;

    private Sluice sluice;
    private Path cache;

    @BeforeAll
    void start() throws Exception {
        sluice =
                Launch.fresh("cache")
                        .with("sluice.cache.max-size", MAX + "B")
                        .with("sluice.cache.min-free", "0%")
                        .with("sluice.cache.inactive", "2s")
                        .start();
        cache = sluice.data().resolve("cache");
    }

    @AfterAll
    void stop() {
        sluice.close();
    }

    @Test
    void whatIsInactiveIsDroppedAndMadeAgain() throws Exception {
        Api api = sluice.api();
        String id = api.ready(TestFile.photo("inactive"), "image/jpeg");
        await().atMost(Sluice.PATIENCE).untilAsserted(() -> assertThat(entries()).isEmpty());
        Answer again = api.rendition(id, "thumb").isStatus(200);
        assertThat(again.header("x-cache")).isEqualTo("MISS");
    }

    /** The cache's own marks have names that begin with a dot. */
    private List<Path> entries() throws IOException {
        return Trees.names(cache).stream()
                .filter(name -> !name.toString().startsWith("."))
                .toList();
    }

    @Test
    void itNeverGrowsAboveItsMaximum() throws Exception {
        Api api = sluice.api();
        AtomicLong largest = new AtomicLong();
        try (Background watch = new Background()) {
            watch.repeat(() -> largest.accumulateAndGet(Trees.sizeAtOnce(cache), Math::max));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < PHOTOS; i++) {
                ids.add(api.upload(TestFile.photo("many " + i), "image/jpeg"));
            }
            for (String id : ids) {
                assertThat(Api.state(api.end(id))).isEqualTo("ready");
                api.rendition(id, "thumb").isStatus(200);
                api.rendition(id, "medium").isStatus(200);
            }
            watch.end();
        }
        assertThat(largest.get()).isBetween(MAX / 4, MAX);
    }
}
