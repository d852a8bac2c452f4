package io.sluice.model;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request or job belongs in a distributed trace: W3C Trace Context's {@code traceparent},
 * version 00.
 *
 * @param text as it stands in the header
 */
public record TraceParent(String text) {
    private static final Pattern VALID =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_ID = 3;
    private static final int TRACE_ID_END = 35;

    public TraceParent {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a traceparent of version 00: " + text);
        }
    }

    /** Whether a text is one. */
    public static boolean isValid(@Nullable String text) {
        return text != null && VALID.matcher(text).matches();
    }

    /** A trace that begins here: random, but no secret; recorded if the recorder wants to. */
    public static TraceParent next() {
        return new TraceParent("00-" + id() + id() + "-" + id() + "-00");
    }

    /** The caller's trace, in which this process is a step of its own; a new one if it has none. */
    public static TraceParent continued(@Nullable String offered) {
        if (offered == null || !isValid(offered)) {
            return next();
        }
        return new TraceParent(
                offered.substring(0, TRACE_ID_END + 1)
                        + id()
                        + offered.substring(offered.length() - 3));
    }

    /** What all steps of the trace have in common: 32 hexadecimal digits. */
    public String traceId() {
        return text.substring(TRACE_ID, TRACE_ID_END);
    }

    /** Never zero, which would be no id. */
    private static String id() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
