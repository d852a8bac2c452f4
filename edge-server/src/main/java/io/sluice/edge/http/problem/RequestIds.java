package io.sluice.edge.http.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Names requests, so that a client's report can be found in a log. A client may bring its own name
 * if it can do no harm there.
 */
public final class RequestIds {
    /** The header field, in both directions. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final int LONGEST = 128;

    private RequestIds() {}

    /** A new id: random, but no secret. */
    public static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The client's id if it may be used, else a new one. */
    public static String accept(@Nullable String offered) {
        return offered != null && isHarmless(offered) ? offered : next();
    }

    private static boolean isHarmless(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars()
                        .allMatch(c ->
                                (c >= '0' && c <= '9')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= 'a' && c <= 'z')
                                        || c == '-'
                                        || c == '_'
                                        || c == '.');
    }

    /** Remembers the id with its exchange. */
    public static void put(ServerWebExchange exchange, String id) {
        exchange.getAttributes().put(ATTRIBUTE, id);
    }

    /** The id of an exchange. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, "-");
    }
}
