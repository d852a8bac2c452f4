package io.sluice.edge.http.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many of something each client has at the moment. Only clients that have any are in the map,
 * so what bounds all of them together bounds it.
 */
public final class Occupancy {
    private final int most;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /**
     * Nobody has any.
     *
     * @param most of one client; 0 for no limit
     */
    public Occupancy(int most) {
        this.most = most;
    }

    /** Counts one more, unless that is one too many. */
    public boolean enter(String name) {
        if (most == 0) {
            return true;
        }
        int[] before = new int[1];
        counts.compute(
                name,
                (_, count) -> {
                    before[0] = count == null ? 0 : count;
                    return Math.min(before[0] + 1, most);
                });
        return before[0] < most;
    }

    /** Counts one less; for each that has entered. */
    public void leave(String name) {
        if (most != 0) {
            counts.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Clients that have any. */
    int clients() {
        return counts.size();
    }
}
