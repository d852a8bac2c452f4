package io.sluice.processor.scan;

import io.sluice.processor.Lease;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.original.Original;
import java.io.IOException;

/**
 * Looks for malware. Only a proof that the whole original was looked at and nothing found is {@link
 * ScanResult.Clean}: whatever else happens is one of the other results. Thread-safe.
 */
interface Scanner {
    /**
     * Scans an original.
     *
     * @throws LeaseOver if nobody wants the verdict any more
     * @throws IOException if the original can't be read
     */
    ScanResult scan(Original original, Lease lease) throws IOException;
}
