package io.sluice.cachemanager;

import io.sluice.cache.Bounds;
import io.sluice.cache.Pass;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Runs passes one after another in turns: after so many steps or so much time the thread pauses, so
 * that upkeep never crowds out requests. A step that fails is told and passed over, as the next
 * file may be better; a pass that keeps failing is left until the next round. On one thread.
 */
final class Turns {
    private static final int FAILURES_A_PASS = 10;

    private final Later later;
    private final Bounds bounds;
    private final Iterator<Pass> passes;
    private final Consumer<IOException> onFailure;
    private final Runnable whenDone;
    private Pass pass;
    private int failures;

    /** Runs something on the same thread after a pause. */
    interface Later {
        void run(Duration pause, Runnable next);
    }

    /**
     * Prepares the turns.
     *
     * @param passes at least one
     * @param whenDone run once after the last pass
     */
    Turns(
            Later later,
            Bounds bounds,
            Iterable<Pass> passes,
            Consumer<IOException> onFailure,
            Runnable whenDone) {
        this.later = later;
        this.bounds = bounds;
        this.passes = passes.iterator();
        this.onFailure = onFailure;
        this.whenDone = whenDone;
        this.pass = this.passes.next();
    }

    /** Does one turn and schedules the next. */
    void run() {
        long start = System.nanoTime();
        long threshold = bounds.threshold().toNanos();
        for (int steps = 0;
                steps < bounds.files() && System.nanoTime() - start < threshold;
                steps++) {
            if (!step()) {
                if (!passes.hasNext()) {
                    whenDone.run();
                    return;
                }
                pass = passes.next();
                failures = 0;
            }
        }
        later.run(bounds.sleep(), this::run);
    }

    private boolean step() {
        try {
            return pass.step();
        } catch (IOException e) {
            onFailure.accept(e);
            return ++failures < FAILURES_A_PASS;
        }
    }
}
