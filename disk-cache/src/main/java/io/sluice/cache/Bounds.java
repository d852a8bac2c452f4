package io.sluice.cache;

import java.time.Duration;

/**
 * How much upkeep is done at a stretch, so that it never crowds out requests: nginx's {@code
 * manager_files}, {@code _sleep} and {@code _threshold}.
 *
 * @param files a turn ends after so many
 * @param sleep between two turns
 * @param threshold a turn ends after so long
 */
public record Bounds(int files, Duration sleep, Duration threshold) {
    public Bounds {
        if (files < 1) {
            throw new IllegalArgumentException("files = " + files + ": at least 1 a turn");
        }
        if (sleep.isNegative() || sleep.isZero()) {
            throw new IllegalArgumentException("sleep = " + sleep + ": must be above zero");
        }
        if (threshold.isNegative() || threshold.isZero()) {
            throw new IllegalArgumentException("threshold = " + threshold + ": must be above zero");
        }
    }
}
