package io.sluice.edge.spool;

import io.sluice.model.ByteSize;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the disk that uploads are written to.
 *
 * @param threads that write and sync; each upload has at most one piece of work on them
 * @param maxWaiting pieces of work that may wait for a thread
 * @param minFree the watermark: an upload that would leave less free space than this is refused
 *     with 507
 */
@ConfigurationProperties(prefix = "sluice.disk", ignoreUnknownFields = false)
public record DiskProperties(
        @DefaultValue("16") int threads,
        @DefaultValue("4096") int maxWaiting,
        @DefaultValue("1GiB") ByteSize minFree) {

    public DiskProperties {
        Assert.isTrue(threads >= 1 && threads <= 256, "threads must be 1 to 256");
        Assert.isTrue(maxWaiting >= 1, "max-waiting must be at least 1");
    }
}
