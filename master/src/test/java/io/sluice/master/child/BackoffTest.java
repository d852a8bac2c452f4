package io.sluice.master.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(60), new Random(1));

    @Test
    void doublesFromAFifthOfASecondAndKeepsHalfOfEachStep() {
        for (long step : LongStream.of(200, 400, 800, 1600).toArray()) {
            assertThat(backoff.next(Duration.ofSeconds(1)).toMillis()).isBetween(step / 2, step);
        }
    }

    @Test
    void neverWaitsLongerThanHalfAMinute() {
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
        assertThat(backoff.next(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void startsOverAfterAStableRun() {
        for (int i = 0; i < 8; i++) {
            assertThat(backoff.next(Duration.ofSeconds(59))).isPositive();
        }

        assertThat(backoff.next(Duration.ofSeconds(60)).toMillis()).isBetween(100L, 200L);
    }
}
