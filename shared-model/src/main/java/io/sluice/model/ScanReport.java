package io.sluice.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its evidence.
 *
 * @param engine what scanned, with its version: {@code clamd 1.4.6/27000}
 * @param signature the name of what was found; null when nothing was
 * @param at when the scan ended
 */
public record ScanReport(Verdict verdict, String engine, @Nullable String signature, Instant at) {

    void require(Verdict needed) {
        if (verdict != needed) {
            throw new IllegalArgumentException(
                    "a scan that says %s, where %s is claimed"
                            .formatted(verdict.word(), needed.word()));
        }
    }
}
