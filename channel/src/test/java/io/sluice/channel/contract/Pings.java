package io.sluice.channel.contract;

import io.sluice.channel.ChannelProperties;
import java.time.Duration;

/** How soon a silent peer is given up. */
public final class Pings {
    private Pings() {}

    /** As in production: never within a test. */
    public static ChannelProperties.Ping patient() {
        return new ChannelProperties.Ping(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    public static ChannelProperties.Ping impatient() {
        return new ChannelProperties.Ping(Duration.ofMillis(100), Duration.ofSeconds(1));
    }
}
