package io.sluice.edge.http.outbound;

import io.sluice.edge.network.AddressFilter;
import io.sluice.edge.network.Network;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of imports by URL. They have allowed networks of their own: whoever may upload chooses
 * these URLs, only admins choose those of webhooks.
 *
 * @param allowedNetworks that are not public, but may be fetched from
 * @param allowedPorts empty for all
 * @param maxConcurrent imports at the same time
 * @param maxRedirects that are followed, each judged like the first URL
 * @param connectTimeout for a connection, TLS included
 * @param silence how long a server may send nothing
 * @param timeout for a whole import
 */
@ConfigurationProperties(prefix = "sluice.import", ignoreUnknownFields = false)
public record ImportProperties(
        @DefaultValue List<Network> allowedNetworks,
        @DefaultValue({"80", "443"}) List<Integer> allowedPorts,
        @DefaultValue("32") int maxConcurrent,
        @DefaultValue("5") int maxRedirects,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration silence,
        @DefaultValue("10m") Duration timeout) {

    public ImportProperties {
        Assert.isTrue(maxConcurrent >= 1, "sluice.import.max-concurrent must be at least 1");
        Assert.isTrue(
                maxRedirects >= 0 && maxRedirects <= 20,
                "sluice.import.max-redirects must be 0 to 20");
        Assert.isTrue(
                connectTimeout.toMillis() >= 1
                        && silence.toMillis() >= 1
                        && timeout.toMillis() >= 1,
                "sluice.import.connect-timeout, silence and timeout must be at least 1ms");
    }

    /** What may be fetched from. */
    AddressFilter filter() {
        return new AddressFilter(allowedNetworks, allowedPorts, "sluice.import");
    }
}
