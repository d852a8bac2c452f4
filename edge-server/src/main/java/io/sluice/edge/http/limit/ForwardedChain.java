package io.sluice.edge.http.limit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The addresses that proxies have written down, the nearest last. What can't be read as an address
 * ({@code unknown}, an obfuscated name) is empty: whoever stands behind it is not known.
 */
record ForwardedChain(List<Optional<InetAddress>> hops) {

    ForwardedChain {
        hops = List.copyOf(hops);
    }

    /** Of the {@code for} parameters of Forwarded fields (RFC 7239). */
    static ForwardedChain ofForwarded(List<String> fields) {
        List<Optional<InetAddress>> hops = new ArrayList<>();
        for (String field : fields) {
            for (String element : field.split(",", -1)) {
                hops.add(address(forParameter(element)));
            }
        }
        return new ForwardedChain(hops);
    }

    private static String forParameter(String element) {
        for (String pair : element.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("for")) {
                return pair.substring(equals + 1).strip();
            }
        }
        return "";
    }

    /** Of X-Forwarded-For fields. */
    static ForwardedChain ofXForwardedFor(List<String> fields) {
        List<Optional<InetAddress>> hops = new ArrayList<>();
        for (String field : fields) {
            for (String element : field.split(",", -1)) {
                hops.add(address(element.strip()));
            }
        }
        return new ForwardedChain(hops);
    }

    /** An address with or without quotes, brackets and port. */
    private static Optional<InetAddress> address(String text) {
        String node = text.replace("\"", "");
        if (node.startsWith("[") && node.indexOf(']') > 0) {
            node = node.substring(1, node.indexOf(']'));
        } else if (node.indexOf(':') == node.lastIndexOf(':') && node.indexOf(':') > 0) {
            node = node.substring(0, node.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(node));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
