package io.sluice.edge.network;

import java.net.InetAddress;

/**
 * A block of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
 *
 * @param prefix how many leading bits are the network's
 */
public record Network(InetAddress address, int prefix) {

    public Network {
        if (prefix < 0 || prefix > address.getAddress().length * 8) {
            throw new IllegalArgumentException(
                    "%s has no network of /%d".formatted(address.getHostAddress(), prefix));
        }
    }

    /**
     * Reads CIDR notation. Names are not looked up.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Network valueOf(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        return new Network(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether the address is one of these; one of the other family never is. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] others = other.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ others[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + '/' + prefix;
    }
}
