package io.sluice.cache;

import java.io.IOException;

/** Goes once through the places of the zone. */
final class PlacePass implements Pass {
    /** Looking at so many places in memory costs about as much as one file. */
    private static final int PLACES_A_STEP = 1024;

    private final Zone zone;
    private final Visit visit;
    private long next;

    /** What is done at each place. */
    interface Visit {
        /** Returns whether it cost a look at the disk. */
        boolean at(Slot slot) throws IOException;
    }

    PlacePass(Zone zone, Visit visit) {
        this.zone = zone;
        this.visit = visit;
    }

    @Override
    public boolean step() throws IOException {
        long end = Math.min(next + PLACES_A_STEP, zone.places());
        boolean costly = false;
        while (next < end && !costly) {
            // On before the visit: a place that fails must not stop the pass for ever.
            costly = visit.at(zone.place(next++));
        }
        return next < zone.places();
    }
}
