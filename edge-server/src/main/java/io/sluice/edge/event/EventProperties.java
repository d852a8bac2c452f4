package io.sluice.edge.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of events and their streams.
 *
 * @param keep how many events are kept at most
 * @param keepFor how long one is kept at most
 * @param maxSubscribers streams open at the same time
 * @param heartbeat between the comments that keep a silent stream's connection open
 */
@ConfigurationProperties(prefix = "sluice.event", ignoreUnknownFields = false)
public record EventProperties(
        @DefaultValue("100000") int keep,
        @DefaultValue("7d") Duration keepFor,
        @DefaultValue("1024") int maxSubscribers,
        @DefaultValue("15s") Duration heartbeat) {

    public EventProperties {
        Assert.isTrue(keep >= 1, "sluice.event.keep must be at least 1");
        Assert.isTrue(keepFor.toSeconds() >= 1, "sluice.event.keep-for must be at least 1s");
        Assert.isTrue(maxSubscribers >= 1, "sluice.event.max-subscribers must be at least 1");
        Assert.isTrue(
                heartbeat.toMillis() >= 10 && heartbeat.toMinutes() < 60,
                "sluice.event.heartbeat must be 10ms to 60m");
    }
}
