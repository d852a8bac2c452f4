package io.sluice.processor.scan;

import io.sluice.processor.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Proves that clamd scans files of a length at all. As Debian sets it up, clamd says OK to a file
 * above its MaxFileSize or MaxScanSize without having looked at a byte, and nothing in the answer
 * tells. So an OK counts only if lately the EICAR test file, padded to at least that length, was
 * found. Thread-safe: {@code this} guards all; two threads may prove the same twice.
 */
final class LengthProof {
    private static final long SMALLEST = 1 << 20;

    /** clamd can be restarted with other limits, and its answers don't tell. */
    private static final Duration VALID = Duration.ofMinutes(10);

    private final ClamdClient clamd;
    private final long longest;
    private final InstantSource clock;
    private long proven;
    private Instant provenUntil = Instant.MIN;

    /**
     * A proof that nothing has been asked for yet.
     *
     * @param longest length in bytes that is ever asked for
     */
    LengthProof(ClamdClient clamd, long longest, InstantSource clock) {
        this.clamd = clamd;
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether clamd scans files of that length, by trial where it isn't known. */
    boolean holds(long length, Lease lease) throws IOException {
        if (isProven(length)) {
            return true;
        }
        // A longer one first, so that a few trials do for all lengths.
        long rounded = Math.min(Math.max(SMALLEST, Long.highestOneBit(length) * 2), longest);
        for (long trial : rounded == length ? new long[] {length} : new long[] {rounded, length}) {
            if (finds(trial, lease)) {
                remember(trial);
                return true;
            }
        }
        return false;
    }

    private synchronized boolean isProven(long length) {
        return length <= proven && clock.instant().isBefore(provenUntil);
    }

    private synchronized void remember(long length) {
        boolean renewed = !clock.instant().isBefore(provenUntil);
        proven = renewed ? length : Math.max(proven, length);
        provenUntil = renewed ? clock.instant().plus(VALID) : provenUntil;
    }

    private boolean finds(long length, Lease lease) throws IOException {
        return clamd.scanStream((position, target) -> canary(position, length, target), lease)
                instanceof ClamdReply.Found;
    }

    /** The test file, then zeros. */
    private static int canary(long position, long length, ByteBuffer target) {
        byte[] eicar = Eicar.bytes();
        int count = (int) Math.min(target.remaining(), length - position);
        for (int i = 0; i < count; i++) {
            long at = position + i;
            target.put(at < eicar.length ? eicar[(int) at] : 0);
        }
        return count;
    }
}
