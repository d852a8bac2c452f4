package io.sluice.cachemanager.loader;

import io.sluice.cache.CacheUpkeep;
import io.sluice.cache.Pass;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings index and tree together once: files the index lacks, then entries without a file. */
public final class Loader {
    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    private final CacheUpkeep upkeep;
    private final TreeWalk walk;

    /** Prepares the passes; nothing is looked at yet. */
    public Loader(CacheUpkeep upkeep) {
        this.upkeep = upkeep;
        this.walk = new TreeWalk(upkeep);
    }

    /** What there is to do, in this order. */
    public List<Pass> passes() {
        return List.of(walk, upkeep.recheck());
    }

    /** To be called after the passes: from now on the index is believed. */
    public void finish() {
        if (walk.isWhole()) {
            upkeep.loaded();
        } else {
            LOG.warn("Not all of the cache could be read: misses go on looking at the disk");
        }
        LOG.info("Loaded the cache: {}", walk.report());
    }

    /** Files met that Sluice didn't write. */
    public long foreignFiles() {
        return walk.report().foreign();
    }
}
