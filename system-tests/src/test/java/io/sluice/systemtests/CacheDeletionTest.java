package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class CacheDeletionTest {
    private static final int READERS = 4;
    private static final int DELETIONS = 5;

    private final AtomicLong answered = new AtomicLong();

    @Test
    void underLoadGivesNoErrorToAnyClient(Sluice sluice) throws Exception {
        Api api = sluice.api();
        List<String> ids = List.of(photo(api, 1), photo(api, 2), photo(api, 3));
        try (Background readers = new Background()) {
            for (int i = 0; i < READERS; i++) {
                readers.repeat(() -> {
                    for (String id : ids) {
                        api.rendition(id, "thumb").isStatus(200);
                        answered.incrementAndGet();
                    }
                    return null;
                });
            }
            for (int i = 0; i < DELETIONS; i++) {
                awaitAnswers(readers);
                Trees.empty(sluice.data().resolve("cache"));
                Trees.empty(sluice.data().resolve("cache-temp"));
            }
            awaitAnswers(readers);
            readers.end();
        }
        for (String id : ids) {
            assertThat(api.rendition(id, "thumb").header("x-cache")).isEqualTo("HIT");
        }
    }

    private static String photo(Api api, int number) throws Exception {
        return api.ready(TestFile.photo("deleted " + number), "image/jpeg");
    }

    private void awaitAnswers(Background readers) {
        long before = answered.get();
        await().atMost(Sluice.PATIENCE)
                .until(() -> answered.get() > before + 20 || readers.hasFailed());
    }
}
