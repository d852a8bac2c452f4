package io.sluice.channel;

import java.time.Duration;

/** How soon a silent peer is given up. */
final class Pings {
    private Pings() {}

    /** As in production: never within a test. */
    static ChannelProperties.Ping patient() {
        return new ChannelProperties.Ping(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    static ChannelProperties.Ping impatient() {
        return new ChannelProperties.Ping(Duration.ofMillis(100), Duration.ofSeconds(1));
    }
}
