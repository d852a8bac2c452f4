package io.sluice.edge.http.limit;

import io.sluice.edge.http.problem.Problem;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** How often clients may ask: by their addresses, by their keys, and without a valid one. */
public final class RequestLimits {
    private static final Duration MOST_JITTER = Duration.ofSeconds(1);

    private final RateLimiter addresses;
    private final RateLimiter keys;
    private final RateLimiter failures;

    public RequestLimits(RateProperties rate, LongSupplier nanos) {
        addresses = new RateLimiter(rate.address(), rate.maxBuckets(), nanos);
        keys = new RateLimiter(rate.key(), rate.maxBuckets(), nanos);
        failures = new RateLimiter(rate.failures().bucket(), rate.maxBuckets(), nanos);
    }

    /**
     * Counts a request before anything else is done for it.
     *
     * @throws io.sluice.edge.http.problem.Refusal 429
     */
    public void request(ClientAddress client) {
        require(addresses.take(client.site()), "this address asks too often", "address");
    }

    /**
     * Counts a request of somebody known.
     *
     * @throws io.sluice.edge.http.problem.Refusal 429
     */
    public void request(String credential) {
        require(keys.take(credential), "this key asks too often", "key");
    }

    /**
     * Counts a request without a valid key.
     *
     * @throws io.sluice.edge.http.problem.Refusal 429
     */
    public void failure(ClientAddress client) {
        require(failures.take(client.site()), "too many requests without a valid key", "failures");
    }

    /** With jitter, so that those who were refused together don't come back together. */
    private static void require(Duration wait, String detail, String setting) {
        if (!wait.isZero()) {
            long jitter = ThreadLocalRandom.current().nextLong(MOST_JITTER.toMillis());
            throw Problem.RATE_LIMITED
                    .because("%s (sluice.edge.rate.%s)".formatted(detail, setting))
                    .retryAfter(wait.plusMillis(jitter));
        }
    }
}
