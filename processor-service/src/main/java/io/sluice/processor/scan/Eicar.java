package io.sluice.processor.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The standard anti-virus test file (EICAR, 2003): 68 harmless bytes that all scanners report. */
final class Eicar {
    static final String SIGNATURE = "Eicar-Test-Signature";
    static final int LENGTH = 68;

    // In two parts: no scanner shall take this program for the test file.
    private static final byte[] BYTES =
            ("X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
                    .getBytes(StandardCharsets.US_ASCII);

    private Eicar() {}

    /** Whether a file begins with them. */
    static boolean begins(byte[] head) {
        return head.length >= LENGTH && Arrays.equals(head, 0, LENGTH, BYTES, 0, LENGTH);
    }

    /** The test file. */
    static byte[] bytes() {
        return BYTES.clone();
    }
}
