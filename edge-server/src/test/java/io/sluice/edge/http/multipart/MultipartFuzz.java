package io.sluice.edge.http.multipart;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.edge.http.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the fuzzer calls with bytes of its own making. A form is the same however it was cut into
 * pieces, and is refused in one way only.
 */
public final class MultipartFuzz {
    private static final MultipartLimits LIMITS = new MultipartLimits(5, 300);

    private MultipartFuzz() {}

    /**
     * One form with the boundary b0.
     *
     * @param data the size of a piece, then the body
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        String whole = parsed(body, Math.max(1, body.length));
        String cut = parsed(body, 1 + Byte.toUnsignedInt(data[0]) % 16);
        if (!whole.equals(cut)) {
            throw new AssertionError("in one piece: %s, in several: %s".formatted(whole, cut));
        }
    }

    private static String parsed(byte[] body, int piece) {
        StringBuilder seen = new StringBuilder();
        try {
            MultipartParser parser = new MultipartParser("b0", LIMITS, new Notes(seen));
            for (int at = 0; at < body.length; at += piece) {
                int end = Math.min(at + piece, body.length);
                parser.parse(Unpooled.wrappedBuffer(body, at, end - at));
            }
            parser.end();
        } catch (Refusal e) {
            // How much of it had been seen before may differ: nothing of it is used.
            return "refused: " + e.detail();
        }
        if (seen.length() > 20 * body.length) {
            throw new AssertionError("more was seen than came");
        }
        return seen.toString();
    }

    private record Notes(StringBuilder seen) implements PartListener {
        @Override
        public void partBegan(PartHeader header) {
            seen.append('{').append(new java.util.TreeMap<>(header.fields())).append(':');
        }

        @Override
        public void partBytes(ByteBuf bytes) {
            seen.append(bytes.toString(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void partEnded() {
            seen.append('}');
        }
    }
}
