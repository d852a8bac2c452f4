package io.sluice.edge.http.content;

import java.nio.charset.StandardCharsets;

/**
 * What the fuzzer calls with bytes of its own making. Whatever is asked for, what is served lies
 * inside of the file, and is no more than the file.
 */
public final class RangesFuzz {
    private static final int MOST = 16;

    private RangesFuzz() {}

    /**
     * One Range field.
     *
     * @param data the file's length as one byte to the power of three, then the field's value
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        long side = Byte.toUnsignedLong(data[0]);
        long length = side * side * side;
        String field = new String(data, 1, data.length - 1, StandardCharsets.ISO_8859_1);
        if (Ranges.parse(field, length) instanceof RangeAnswer.Parts(var ranges)) {
            long sum = 0;
            for (ByteRange range : ranges) {
                if (range.start() < 0
                        || range.length() < 1
                        || range.length() > length - range.start()) {
                    throw new AssertionError("outside of the file: " + range);
                }
                sum += range.length();
            }
            if (ranges.isEmpty() || ranges.size() > MOST || sum > length) {
                throw new AssertionError("too much or nothing: " + ranges);
            }
        }
    }
}
