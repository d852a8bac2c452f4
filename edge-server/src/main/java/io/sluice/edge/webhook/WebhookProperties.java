package io.sluice.edge.webhook;

import io.sluice.edge.network.AddressFilter;
import io.sluice.edge.network.Network;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of webhooks. The usual retries are those that Standard Webhooks recommends.
 *
 * @param allowedNetworks that are not public, but may be sent to
 * @param allowedPorts empty for all
 * @param maxEndpoints webhooks that may be registered
 * @param concurrency deliveries to one endpoint at the same time
 * @param connectTimeout for the connection, TLS included
 * @param timeout for a whole delivery
 * @param retries the pauses between tries, one after another; a tenth of jitter is added or taken
 * @param disableAfter an endpoint that has only failed for so long
 * @param secretOverlap how long the old secret signs too after a rotation
 * @param keep deliveries in the log at most
 * @param keepFor how long a delivery stays in the log, or waits for a disabled endpoint
 */
@ConfigurationProperties(prefix = "sluice.webhook", ignoreUnknownFields = false)
public record WebhookProperties(
        @DefaultValue List<Network> allowedNetworks,
        @DefaultValue({"80", "443"}) List<Integer> allowedPorts,
        @DefaultValue("64") int maxEndpoints,
        @DefaultValue("4") int concurrency,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
                List<Duration> retries,
        @DefaultValue("3d") Duration disableAfter,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("100000") int keep,
        @DefaultValue("7d") Duration keepFor) {

    public WebhookProperties {
        Assert.isTrue(
                maxEndpoints >= 1 && maxEndpoints <= 1024,
                "sluice.webhook.max-endpoints must be 1 to 1024");
        Assert.isTrue(
                concurrency >= 1 && concurrency <= 64,
                "sluice.webhook.concurrency must be 1 to 64");
        Assert.isTrue(
                connectTimeout.toMillis() >= 1 && timeout.toMillis() >= 1,
                "sluice.webhook.connect-timeout and timeout must be at least 1ms");
        Assert.isTrue(keep >= 1, "sluice.webhook.keep must be at least 1");
        Duration longest = keepFor;
        Assert.isTrue(
                retries.stream().noneMatch(pause -> pause.compareTo(longest) >= 0),
                "sluice.webhook.keep-for must be longer than each of sluice.webhook.retries");
    }

    /** What may be sent to. */
    public AddressFilter filter() {
        return new AddressFilter(allowedNetworks, allowedPorts, "sluice.webhook");
    }
}
