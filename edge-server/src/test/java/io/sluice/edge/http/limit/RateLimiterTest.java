package io.sluice.edge.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final AtomicLong now = new AtomicLong(-5);

    private RateLimiter limiter(double perSecond, int burst, int buckets) {
        return new RateLimiter(new RateProperties.Bucket(perSecond, burst), buckets, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Nested
    class ABucket {
        @Test
        void givesItsBurstAndThenItsRate() {
            RateLimiter limiter = limiter(2, 3, 64);
            for (int i = 0; i < 3; i++) {
                assertThat(limiter.take("a")).isZero();
            }
            assertThat(limiter.take("a")).isEqualTo(Duration.ofMillis(500));
            pass(Duration.ofMillis(499));
            assertThat(limiter.take("a")).isEqualTo(Duration.ofMillis(1));
            pass(Duration.ofMillis(1));
            assertThat(limiter.take("a")).isZero();
            assertThat(limiter.take("a")).isEqualTo(Duration.ofMillis(500));
        }

        @Test
        void isNeverFullerThanItsBurst() {
            RateLimiter limiter = limiter(1, 2, 64);
            limiter.take("a");
            pass(Duration.ofDays(30));
            assertThat(limiter.take("a")).isZero();
            assertThat(limiter.take("a")).isZero();
            assertThat(limiter.take("a")).isPositive();
        }

        @Test
        void isNobodyElses() {
            RateLimiter limiter = limiter(1, 1, 64);
            assertThat(limiter.take("a")).isZero();
            assertThat(limiter.take("b")).isZero();
            assertThat(limiter.take("a")).isPositive();
        }

        @Test
        void givesNoMoreToManyThreadsThanToOne() throws Exception {
            RateLimiter limiter = limiter(0.001, 1000, 64);
            Callable<Integer> taker =
                    () ->
                            (int)
                                    IntStream.range(0, 500)
                                            .filter(_ -> limiter.take("a").isZero())
                                            .count();
            try (var threads = Executors.newFixedThreadPool(4)) {
                int taken = 0;
                for (Future<Integer> each : threads.invokeAll(Collections.nCopies(4, taker))) {
                    taken += each.get();
                }
                // A thread that loses a slot too often is let through; four threads hardly can.
                assertThat(taken).isBetween(1000, 1010);
            }
        }
    }

    @Nested
    class TheTable {
        @Test
        void forgetsThoseFirstWhoseBucketsAreFullFirst() {
            RateLimiter limiter = limiter(0.01, 10, 8);
            for (int i = 0; i < 10; i++) {
                limiter.take("greedy");
            }
            for (int i = 0; i < 10_000; i++) {
                limiter.take("modest " + i);
            }
            assertThat(limiter.take("greedy")).isPositive();
        }

        @Test
        void isNotAskedWhenThereIsNoLimit() {
            RateLimiter limiter = limiter(0, 1, 64);
            for (int i = 0; i < 100; i++) {
                assertThat(limiter.take("a")).isZero();
            }
        }
    }
}
