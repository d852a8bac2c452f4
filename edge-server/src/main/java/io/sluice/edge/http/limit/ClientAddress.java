package io.sluice.edge.http.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Where a client asks from. */
public record ClientAddress(InetAddress address) {
    private static final int SITE_BYTES = 8;

    /** As the audit has it. */
    public String text() {
        return address.getHostAddress();
    }

    /**
     * What limits are counted by. One subscriber has 2^64 IPv6 addresses, so that their first half
     * counts.
     */
    public String site() {
        if (address instanceof Inet6Address) {
            byte[] bytes = address.getAddress();
            return "net:" + Arrays.toString(Arrays.copyOf(bytes, SITE_BYTES));
        }
        return "net:" + address.getHostAddress();
    }
}
