package io.sluice.edge.http.limit;

import io.sluice.edge.http.problem.Problem;
import java.time.Duration;

/** How many uploads one client may send at the same time. */
public final class UploadPlaces {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Occupancy keys;
    private final Occupancy addresses;

    /**
     * Nobody sends any.
     *
     * @param perKey of one key, token or subject; 0 for no limit
     * @param perAddress of one address; 0 for no limit
     */
    public UploadPlaces(int perKey, int perAddress) {
        keys = new Occupancy(perKey);
        addresses = new Occupancy(perAddress);
    }

    /**
     * Takes a place.
     *
     * @return gives it back when it is run, once
     * @throws io.sluice.edge.http.problem.Refusal 429
     */
    public Runnable enter(String credential, String site) {
        if (!keys.enter(credential)) {
            throw full("key", "key");
        }
        if (!addresses.enter(site)) {
            keys.leave(credential);
            throw full("address", "address");
        }
        return () -> {
            keys.leave(credential);
            addresses.leave(site);
        };
    }

    private static RuntimeException full(String whose, String setting) {
        return Problem.TOO_MANY_UPLOADS
                .because(
                        "this %s sends as many uploads as it may at the same time (sluice.edge.limits.uploads-per-%s)"
                                .formatted(whose, setting))
                .retryAfter(SOON);
    }
}
