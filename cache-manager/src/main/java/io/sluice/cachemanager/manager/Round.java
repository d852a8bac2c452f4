package io.sluice.cachemanager.manager;

import io.sluice.cache.CacheUpkeep;
import io.sluice.cache.Pass;
import java.util.List;

/** One round of the manager. */
public final class Round {
    private final CacheUpkeep upkeep;
    private final boolean first;

    /**
     * Prepares a round; nothing is looked at yet.
     *
     * @param first whether the processes that wrote the temp files may have died before this start
     */
    public Round(CacheUpkeep upkeep, boolean first) {
        this.upkeep = upkeep;
        this.first = first;
    }

    /** What there is to do, in this order. */
    public List<Pass> passes() {
        return List.of(
                upkeep.repair(), upkeep.expiry(), upkeep.limits(), new TempSweep(upkeep, first));
    }

    /** To be called after the passes. */
    public void finish() {
        upkeep.audit();
    }
}
