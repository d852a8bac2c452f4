package io.sluice.edge.http.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The proxies whose word counts about where a request comes from. Anybody else's Forwarded and
 * X-Forwarded-For are ignored, as any client can write them.
 *
 * <p>The client is the last address of the chain that is not itself such a proxy: what stands
 * before it may be invented. Most proxies write only one of the two fields and hand the other on as
 * the client sent it; where they disagree neither is believed, and the proxy counts as the client.
 */
public final class TrustedProxies {
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

    private final List<Cidr> ranges;

    public TrustedProxies(List<Cidr> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** Whether the address is a proxy's that is trusted. */
    public boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Where a request comes from.
     *
     * @param peer the connection's other end; null if it is no socket's
     */
    public ClientAddress clientOf(@Nullable InetSocketAddress peer, HttpHeaders headers) {
        InetAddress address =
                peer == null || peer.getAddress() == null ? NOWHERE : peer.getAddress();
        if (ranges.isEmpty() || !contains(address)) {
            return new ClientAddress(address);
        }
        List<String> forwarded = headers.getOrEmpty("Forwarded");
        List<String> xForwarded = headers.getOrEmpty("X-Forwarded-For");
        Optional<InetAddress> client = client(ForwardedChain.ofForwarded(forwarded));
        if (!xForwarded.isEmpty()) {
            Optional<InetAddress> other = client(ForwardedChain.ofXForwardedFor(xForwarded));
            client = forwarded.isEmpty() || client.equals(other) ? other : Optional.empty();
        }
        return new ClientAddress(client.orElse(address));
    }

    /** Empty if the chain says nothing, or leads to somebody who can't be named. */
    private Optional<InetAddress> client(ForwardedChain chain) {
        for (Optional<InetAddress> hop : chain.hops().reversed()) {
            if (hop.isEmpty() || !contains(hop.get())) {
                return hop;
            }
        }
        return chain.hops().isEmpty() ? Optional.empty() : chain.hops().getFirst();
    }
}
