package io.sluice.service.sample;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of each kind that can be wrong. */
@ConfigurationProperties(prefix = "sluice.sample", ignoreUnknownFields = false)
public record SampleProperties(
        @DefaultValue("0") int managementPort,
        @DefaultValue("2") int threads,
        @DefaultValue("1s") Duration patience,
        @DefaultValue("fast") Mode mode) {
    public SampleProperties {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "sluice.sample.threads = " + threads + ": use 1 or more");
        }
    }

    /** How. */
    public enum Mode {
        FAST,
        SAFE
    }
}
