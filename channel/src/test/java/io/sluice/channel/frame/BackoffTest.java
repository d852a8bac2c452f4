package io.sluice.channel.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({
        "0, 25, 50",
        "1, 50, 100",
        "4, 400, 800",
        "7, 2500, 5000",
        "2000000000, 2500, 5000"
    })
    void doublesUpToItsLimitAndKeepsHalfToChance(int failures, long least, long most) {
        for (int i = 0; i < 100; i++) {
            assertThat(Backoff.RECONNECT.after(failures))
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }

    @Test
    void differsFromEdgeToEdge() {
        long distinct =
                Stream.generate(() -> Backoff.RECONNECT.after(9)).limit(50).distinct().count();
        assertThat(distinct).isGreaterThan(5);
    }
}
