package io.sluice.cachemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Bounds;
import io.sluice.cache.Pass;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<IOException> failures = new ArrayList<>();
    private int steps;
    private int done;

    @Test
    void endAfterTheirNumberOfFiles() {
        turns(new Bounds(3, LONG, LONG), countTo(7)).run();
        assertThat(steps).isEqualTo(3);
        runNext();
        assertThat(steps).isEqualTo(6);
        runNext();
        assertThat(steps).isEqualTo(7);
        assertThat(done).isEqualTo(1);
        assertThat(later).isEmpty();
    }

    @Test
    void endAfterTheirTime() {
        turns(new Bounds(1_000_000, LONG, Duration.ofNanos(1)), countTo(7)).run();
        assertThat(steps).isZero();
        assertThat(later).hasSize(1);
    }

    @Test
    void goThroughAllPassesInOrder() {
        turns(new Bounds(100, LONG, LONG), countTo(2), countTo(5)).run();
        assertThat(steps).isEqualTo(5);
        assertThat(done).isEqualTo(1);
    }

    @Test
    void passOverAFileThatFails() {
        Pass failsOnce =
                () -> {
                    if (++steps == 2) {
                        throw new IOException("bad sector");
                    }
                    return steps < 5;
                };
        turns(new Bounds(100, LONG, LONG), failsOnce).run();
        assertThat(steps).isEqualTo(5);
        assertThat(failures).hasSize(1);
        assertThat(done).isEqualTo(1);
    }

    @Test
    void leaveAPassThatKeepsFailing() {
        Pass broken =
                () -> {
                    throw new IOException("no disk");
                };
        turns(new Bounds(100, LONG, LONG), broken, countTo(3)).run();
        assertThat(failures).hasSize(10);
        assertThat(steps).isEqualTo(3);
        assertThat(done).isEqualTo(1);
    }

    private Pass countTo(int end) {
        return () -> ++steps < end;
    }

    private Turns turns(Bounds bounds, Pass... passes) {
        return new Turns(
                (pause, next) -> later.add(next),
                bounds,
                List.of(passes),
                failures::add,
                () -> done++);
    }

    private void runNext() {
        later.remove().run();
    }
}
