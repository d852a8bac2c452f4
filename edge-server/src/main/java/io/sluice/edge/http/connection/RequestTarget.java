package io.sluice.edge.http.connection;

import io.netty.handler.codec.http.HttpMethod;
import java.util.HexFormat;
import java.util.Locale;

/** A request's target: its form (RFC 9112, section 3.2) and its characters (RFC 3986). */
final class RequestTarget {
    private static final String MARKS = "-._~:/?@!$&'()*+,;=%";

    private RequestTarget() {}

    /**
     * Whether it is a path, an absolute URI with a host, or the asterisk of OPTIONS; there are no
     * tunnels. Brackets are only understood in a query.
     */
    static boolean isWellFormed(HttpMethod method, String target) {
        return (isPath(target) || isAbsolute(target) || isAsterisk(method, target))
                && !method.equals(HttpMethod.CONNECT)
                && hasCharactersOfUri(target);
    }

    private static boolean isPath(String target) {
        return target.startsWith("/");
    }

    private static boolean isAbsolute(String target) {
        String scheme = target.toLowerCase(Locale.ROOT);
        int host = scheme.startsWith("http://") ? 7 : scheme.startsWith("https://") ? 8 : -1;
        return host > 0 && target.length() > host && "/?:@".indexOf(target.charAt(host)) < 0;
    }

    private static boolean isAsterisk(HttpMethod method, String target) {
        return method.equals(HttpMethod.OPTIONS) && target.equals("*");
    }

    private static boolean hasCharactersOfUri(String target) {
        boolean isQuery = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            isQuery |= c == '?';
            if (!isAllowed(c, isQuery) || (c == '%' && !isEscape(target, i))) {
                return false;
            }
        }
        return true;
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
