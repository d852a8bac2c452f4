package io.sluice.channel.frame;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what a connection has out when its time is up: by one look at everything, every 50 ms for as
 * long as there is something. So a job needs no timer of its own, which nearly always would be set
 * only to be cancelled, and a connection at rest needs none at all. Owned by the event loop.
 */
final class Deadlines {
    private static final long LOOK_MS = 50;

    private final EventExecutor loop;
    private final Ledger ledger;
    private boolean watching;

    /** What there is to look at. */
    interface Ledger {
        /**
         * Ends everything whose time is up.
         *
         * @param now of {@link System#nanoTime}
         * @return whether something is left
         */
        boolean expire(long now);
    }

    Deadlines(EventExecutor loop, Ledger ledger) {
        this.loop = loop;
        this.ledger = ledger;
    }

    /** There is something now. */
    void watch() {
        if (!watching) {
            watching = true;
            var _ = loop.schedule(this::look, LOOK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watching = false;
        if (ledger.expire(System.nanoTime())) {
            watch();
        }
    }
}
