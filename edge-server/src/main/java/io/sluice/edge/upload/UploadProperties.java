package io.sluice.edge.upload;

import io.sluice.model.ByteSize;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of uploads.
 *
 * @param maxSize of one upload
 * @param expiresAfter when an unfinished upload is dropped, counted from its last byte
 * @param maxUnfinished uploads that may be unfinished between two requests
 * @param maxFiles file parts in one form
 * @param maxConcurrent uploads whose bytes may come in at the same time
 * @param maxWaiting requests that may wait for an upload's end state ({@code Prefer: wait})
 * @param idempotencyKeysFor how long an Idempotency-Key is remembered
 */
@ConfigurationProperties(prefix = "sluice.upload", ignoreUnknownFields = false)
public record UploadProperties(
        @DefaultValue("10GiB") ByteSize maxSize,
        @DefaultValue("24h") Duration expiresAfter,
        @DefaultValue("100000") int maxUnfinished,
        @DefaultValue("64") int maxFiles,
        @DefaultValue("1024") int maxConcurrent,
        @DefaultValue("4096") int maxWaiting,
        @DefaultValue("24h") Duration idempotencyKeysFor) {

    public UploadProperties {
        Assert.isTrue(maxSize.bytes() > 0, "max-size must be more than 0");
        Assert.isTrue(expiresAfter.isPositive(), "expires-after must be more than 0: try 24h");
        Assert.isTrue(maxUnfinished > 0, "max-unfinished must be more than 0");
        Assert.isTrue(maxFiles > 0, "max-files must be more than 0");
        Assert.isTrue(maxConcurrent > 0, "max-concurrent must be more than 0");
        Assert.isTrue(maxWaiting > 0, "max-waiting must be more than 0");
    }
}
