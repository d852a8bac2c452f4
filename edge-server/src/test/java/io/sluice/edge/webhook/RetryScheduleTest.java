package io.sluice.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofHours(1)), new Random(1));

    @RepeatedTest(20)
    void pausesGrowWithATenthOfJitter() {
        assertThat(schedule.after(1).orElseThrow())
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
        assertThat(schedule.after(2).orElseThrow())
                .isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
    }

    @Test
    void afterTheLastThereIsNone() {
        assertThat(schedule.after(3)).isEmpty();
    }
}
