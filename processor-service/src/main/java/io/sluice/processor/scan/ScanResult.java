package io.sluice.processor.scan;

/** What one scanner made of an original. */
sealed interface ScanResult {
    /** All of it was looked at, nothing was found. */
    record Clean(String engine) implements ScanResult {}

    /** Malware of that name was found. */
    record Infected(String engine, String signature) implements ScanResult {}

    /** The scanner can't look at all of it: limits, encryption. Trying again is no use. */
    record Unscannable(String engine, String reason) implements ScanResult {}

    /** The scanner is down or hangs: no original's fault, and nothing is known of this one. */
    record Unavailable(String reason) implements ScanResult {}

    /**
     * The scanner broke over this original, or talked nonsense about it: nothing is known of it.
     */
    record Failed(String reason) implements ScanResult {}
}
