package io.sluice.channel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where somebody listens, as it is written in settings: {@code host:port}, {@code [::1]:9000}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
    private static final Pattern SYNTAX =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([\\w.-]+)):(\\d{1,5})");

    private static final int MAX_PORT = 65535;

    public HostPort {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "port %d: must be 0 to %d".formatted(port, MAX_PORT));
        }
    }

    /** From a setting's text; named so that the binder finds it. */
    public static HostPort valueOf(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "%s: must be host:port, or [address]:port for IPv6".formatted(text));
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        return new HostPort(host, Integer.parseInt(parts.group(3)));
    }

    /** Refuses port 0, with which nobody can connect. */
    void requirePort(String setting) {
        if (port == 0) {
            throw new IllegalArgumentException(
                    "sluice.channel.%s = %s: needs a port above 0".formatted(setting, this));
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
