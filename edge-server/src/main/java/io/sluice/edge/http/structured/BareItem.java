package io.sluice.edge.http.structured;

import java.math.BigDecimal;

/** A value without parameters (RFC 9651, section 3.3). */
public sealed interface BareItem {
    /** Of at most 15 digits. */
    record Whole(long value) implements BareItem {}

    /** Of at most 12 digits before the point, and 3 behind it. */
    record Decimal(BigDecimal value) implements BareItem {}

    /** In ASCII, unquoted. */
    record Text(String value) implements BareItem {}

    /** A word. */
    record Token(String value) implements BareItem {}

    /** Bytes, which were Base64, in lower-case hex. */
    record Bytes(String hex) implements BareItem {}

    /** {@code ?1} or {@code ?0}. */
    record Bool(boolean value) implements BareItem {}

    /** Seconds since 1970. */
    record Date(long seconds) implements BareItem {}

    /** In Unicode, decoded. */
    record DisplayText(String value) implements BareItem {}
}
