package io.sluice.processor.scan;

/** What one scanner made of an original. */
sealed interface ScanResult {
    /** All of it was looked at, nothing was found. */
    record Clean(String engine) implements ScanResult {}

    /** Malware of that name was found. */
    record Infected(String engine, String signature) implements ScanResult {}

    /** The scanner can't look at all of it: limits, encryption. Trying again is no use. */
    record Unscannable(String engine, String reason) implements ScanResult {}

    /** The scanner is down, too slow, or talks nonsense: nothing is known of the original. */
    record Unavailable(String reason) implements ScanResult {}
}
