package io.sluice.edge.network;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Keeps URLs that others give from reaching what only this host can reach (server-side request
 * forgery): connections go to public addresses, unless a network is allowed. It judges addresses,
 * never names: whoever connects must resolve a name once, and connect to what was judged.
 *
 * @param allowed networks that may be reached although they aren't public
 * @param ports that may be connected to; empty for all
 * @param settings the prefix of the settings, for the messages
 */
public record AddressFilter(List<Network> allowed, List<Integer> ports, String settings) {
    private static final int LONGEST_URL = 2048;

    /** What the IANA's registry of IPv4 special-purpose addresses has, and multicast. */
    private static final List<Network> NOT_PUBLIC_4 =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3");

    /**
     * Only this is global unicast: loopback, mapped and compatible IPv4, NAT64, unique local, link
     * local, site local and multicast all lie outside.
     */
    private static final Network PUBLIC_6 = Network.valueOf("2000::/3");

    /** What lies inside, but leads elsewhere: Teredo, ORCHID, documentation, 6to4. */
    private static final List<Network> NOT_PUBLIC_6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    public AddressFilter {
        allowed = List.copyOf(allowed);
        ports = List.copyOf(ports);
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::valueOf).toList();
    }

    /**
     * Whether the address may be connected to. An IPv4 address in IPv6's clothes is judged as it.
     */
    public boolean lets(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        return address.getAddress().length == 4
                ? NOT_PUBLIC_4.stream().noneMatch(network -> network.contains(address))
                : PUBLIC_6.contains(address)
                        && NOT_PUBLIC_6.stream().noneMatch(network -> network.contains(address));
    }

    /**
     * Refuses an address.
     *
     * @throws TargetRefused if it may not be connected to
     */
    public void require(InetAddress address) {
        if (!lets(address)) {
            throw new TargetRefused(
                    "the URL leads to %s, which is not public (%s.allowed-networks)"
                            .formatted(address.getHostAddress(), settings));
        }
    }

    /**
     * Reads a URL and refuses what can be refused without looking its host up.
     *
     * @throws TargetRefused if it is no absolute http or https URL, or its port isn't allowed
     */
    public URI target(String url) {
        URI uri = parse(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new TargetRefused("the URL must be http or https");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getFragment() != null) {
            throw new TargetRefused("the URL must have a host, and no user and no fragment");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (!ports.isEmpty() && !ports.contains(port)) {
            throw new TargetRefused(
                    "the port %d is not among %s (%s.allowed-ports)"
                            .formatted(port, ports, settings));
        }
        return uri;
    }

    private static URI parse(String url) {
        if (url.length() > LONGEST_URL || url.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new TargetRefused(
                    "a URL has at most %d characters of ASCII".formatted(LONGEST_URL));
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new TargetRefused("the URL is malformed");
        }
    }
}
