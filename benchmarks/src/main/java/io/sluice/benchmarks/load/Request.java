package io.sluice.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What stands around a body.
 *
 * @param head the request's, and a form's part's
 * @param tail what ends a form; empty otherwise
 */
record Request(ByteBuffer head, ByteBuffer tail) {
    Request(String head, String tail) {
        this(bytes(head), bytes(tail));
    }

    Request(String head) {
        this(head, "");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
