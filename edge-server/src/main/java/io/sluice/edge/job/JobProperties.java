package io.sluice.edge.job;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the job table.
 *
 * @param maxAttempts tries before a job is a dead letter
 * @param maxOrphans how often the edge may die with the job in a processor's hands before it is a
 *     dead letter
 * @param deadline for a small original; each 5 MiB add a second
 * @param firstBackoff before the second try; doubled for each further one
 * @param longestBackoff the most that is waited between two tries
 * @param maxQueued jobs that may wait before uploads are refused with 503
 */
@ConfigurationProperties(prefix = "sluice.job", ignoreUnknownFields = false)
public record JobProperties(
        @DefaultValue("3") int maxAttempts,
        @DefaultValue("20") int maxOrphans,
        @DefaultValue("2m") Duration deadline,
        @DefaultValue("500ms") Duration firstBackoff,
        @DefaultValue("60s") Duration longestBackoff,
        @DefaultValue("100000") int maxQueued) {
    private static final long BYTES_PER_SECOND = 5L << 20;

    public JobProperties {
        Assert.isTrue(maxAttempts >= 1, "max-attempts must be at least 1");
        Assert.isTrue(maxOrphans >= 1, "max-orphans must be at least 1");
        Assert.isTrue(deadline.toMillis() >= 1_000, "deadline must be at least 1s");
        Assert.isTrue(firstBackoff.toMillis() >= 1, "first-backoff must be at least 1ms");
        Assert.isTrue(
                longestBackoff.compareTo(firstBackoff) >= 0,
                "longest-backoff must not be below first-backoff");
        Assert.isTrue(maxQueued >= 1, "max-queued must be at least 1");
    }

    /** How long a processor may take for an original of that many bytes. */
    Duration deadlineFor(long size) {
        return deadline.plusSeconds(size / BYTES_PER_SECOND);
    }

    /**
     * Milliseconds to wait after that many tries: exponential, with full jitter on its upper half.
     */
    long backoff(int tries) {
        long longest =
                Math.min(
                        longestBackoff.toMillis(),
                        firstBackoff.toMillis() << Math.min(Math.max(tries - 1, 0), 20));
        return longest / 2 + RandomGenerator.getDefault().nextLong(longest / 2 + 1);
    }
}
