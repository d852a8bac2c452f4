package io.sluice.edge.http.connection;

import java.util.HexFormat;

/** A request's target, as far as RFC 3986 restricts its characters. */
final class RequestTarget {
    private static final String MARKS = "-._~:/?#@!$&'()*+,;=%";

    private RequestTarget() {}

    /** Whether it can be parsed as a URI reference; brackets are only understood in a query. */
    static boolean isWellFormed(String target) {
        boolean isQuery = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            isQuery |= c == '?';
            if (!isAllowed(c, isQuery) || (c == '%' && !isEscape(target, i))) {
                return false;
            }
        }
        return !target.isEmpty();
    }

    private static boolean isAllowed(char c, boolean isQuery) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || MARKS.indexOf(c) >= 0
                || (isQuery && (c == '[' || c == ']'));
    }

    private static boolean isEscape(String target, int percent) {
        return percent + 2 < target.length()
                && HexFormat.isHexDigit(target.charAt(percent + 1))
                && HexFormat.isHexDigit(target.charAt(percent + 2));
    }
}
