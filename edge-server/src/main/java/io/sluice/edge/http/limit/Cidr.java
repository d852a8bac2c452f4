package io.sluice.edge.http.limit;

import java.net.InetAddress;

/**
 * A range of addresses (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code ::1}.
 *
 * @param network any address of the range
 * @param bits how many of its first bits count
 */
public record Cidr(InetAddress network, int bits) {

    public Cidr {
        int most = network.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("%d bits of %d".formatted(bits, most));
        }
    }

    /**
     * Reads a range; without a slash it is one address. Names are not looked up.
     *
     * @throws IllegalArgumentException if it is no range
     */
    public static Cidr valueOf(String text) {
        String range = text.strip();
        int slash = range.indexOf('/');
        try {
            InetAddress network =
                    InetAddress.ofLiteral(slash < 0 ? range : range.substring(0, slash));
            int all = network.getAddress().length * Byte.SIZE;
            return new Cidr(
                    network, slash < 0 ? all : Integer.parseInt(range.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no range of addresses: give 10.0.0.0/8, fd00::/8 or one address"
                            .formatted(text),
                    e);
        }
    }

    /** Whether the address is in the range. */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] other = address.getAddress();
        if (ours.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
