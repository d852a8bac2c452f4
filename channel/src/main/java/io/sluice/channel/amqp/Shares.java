package io.sluice.channel.amqp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Deals out what a processor can work on to the edges that it has heard of. A slot stays with its
 * edge until a job of that edge is answered, then goes to the edge that has fewest. Owned by the
 * loop.
 */
final class Shares {
    /** More edges than this are somebody's mistake. */
    private static final int MAX_EDGES = 256;

    private final Map<String, Share> shares = new LinkedHashMap<>();
    private final BiConsumer<String, Integer> announcement;
    private final long timeoutNanos;
    private int free;

    /** What one edge has. */
    final class Share {
        private int allowance;
        private int announced = -1;
        private int inHand;
        private int orphans;
        private long expires;
        private boolean isGone;

        private Share() {}

        /** A job of this edge was taken. */
        void take() {
            inHand++;
        }

        /** The worker has let go of one. */
        void release() {
            inHand--;
            if (isGone) {
                free += orphans > inHand ? 1 : 0;
                orphans = Math.min(orphans, inHand);
            } else if (allowance > 0) {
                allowance--;
                free++;
            }
            deal();
        }

        /** Whether the edge is to hear of its jobs. */
        boolean isGone() {
            return isGone;
        }
    }

    /**
     * With that many slots.
     *
     * @param announcement tells an edge how many jobs it may have out here
     */
    Shares(int slots, long timeoutNanos, BiConsumer<String, Integer> announcement) {
        free = slots;
        this.timeoutNanos = timeoutNanos;
        this.announcement = announcement;
    }

    /** The edge is there, perhaps since now; null for one too many. */
    @Nullable Share join(String edge) {
        Share share = shares.get(edge);
        if (share == null) {
            if (shares.size() >= MAX_EDGES) {
                return null;
            }
            share = new Share();
            shares.put(edge, share);
        }
        share.expires = System.nanoTime() + timeoutNanos;
        deal();
        return share;
    }

    /** The edge is alive. */
    void heardOf(String edge) {
        Share share = shares.get(edge);
        if (share != null) {
            share.expires = System.nanoTime() + timeoutNanos;
        }
    }

    /** The edge is gone: what it had and did not use is free again. */
    void leave(String edge) {
        Share share = shares.remove(edge);
        if (share != null) {
            share.isGone = true;
            share.orphans = Math.min(share.inHand, share.allowance);
            free += share.allowance - share.orphans;
            deal();
        }
    }

    /** While the broker was away nobody could be heard. */
    void beginAnew() {
        shares.values().forEach(share -> share.expires = System.nanoTime() + timeoutNanos);
    }

    /** The edges that were not heard of for too long. */
    List<String> silent() {
        long now = System.nanoTime();
        List<String> silent = new ArrayList<>();
        shares.forEach((edge, share) -> {
            if (share.expires - now < 0) {
                silent.add(edge);
            }
        });
        return silent;
    }

    /** Tells the edge what it has, also if that is no news. */
    void announce(String edge) {
        Share share = shares.get(edge);
        if (share != null) {
            announcement.accept(edge, share.allowance);
            share.announced = share.allowance;
        }
    }

    private void deal() {
        while (free > 0 && !shares.isEmpty()) {
            free--;
            poorest().allowance++;
        }
        shares.forEach((edge, share) -> {
            if (share.announced != share.allowance) {
                announce(edge);
            }
        });
    }

    private Share poorest() {
        Share poorest = null;
        for (Share share : shares.values()) {
            if (poorest == null || share.allowance < poorest.allowance) {
                poorest = share;
            }
        }
        return Objects.requireNonNull(poorest);
    }
}
