package io.sluice.edge.http.limit;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How often one client may ask.
 *
 * @param key of one key, token or subject
 * @param address of one IPv4 address or IPv6 /64
 * @param failures of one address without a valid key
 * @param maxBuckets clients that are remembered; beyond it those that asked the longest ago are
 *     forgotten
 */
public record RateProperties(
        @DefaultValue Bucket key,
        @DefaultValue Bucket address,
        @DefaultValue Failures failures,
        @DefaultValue("65536") int maxBuckets) {

    public RateProperties {
        Assert.isTrue(
                maxBuckets >= 64 && maxBuckets <= 1 << 24,
                () ->
                        "sluice.edge.rate.max-buckets is %d: give 64 to 16777216"
                                .formatted(maxBuckets));
    }

    /**
     * A token bucket.
     *
     * @param perSecond requests in the long run; 0 for no limit
     * @param burst requests at once, after a rest
     */
    public record Bucket(@DefaultValue("0") double perSecond, @DefaultValue("100") int burst) {
        public Bucket {
            requireSense(perSecond, burst);
        }
    }

    /**
     * The token bucket of requests that bring no valid key; see {@link Bucket}.
     *
     * @param perSecond requests in the long run; 0 for no limit
     * @param burst requests at once, after a rest
     */
    public record Failures(@DefaultValue("100") double perSecond, @DefaultValue("1000") int burst) {
        public Failures {
            requireSense(perSecond, burst);
        }

        Bucket bucket() {
            return new Bucket(perSecond, burst);
        }
    }

    private static void requireSense(double perSecond, int burst) {
        Assert.isTrue(
                perSecond >= 0 && perSecond <= 1_000_000,
                () ->
                        "sluice.edge.rate: per-second is %s: give 0 (no limit) to 1000000"
                                .formatted(perSecond));
        Assert.isTrue(
                burst >= 1 && burst <= 1_000_000,
                () -> "sluice.edge.rate: burst is %d: give 1 to 1000000".formatted(burst));
    }
}
