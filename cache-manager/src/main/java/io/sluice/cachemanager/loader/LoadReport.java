package io.sluice.cachemanager.loader;

import io.sluice.cache.Adoption;

/** How many files the loader met, by what came of them. */
record LoadReport(long known, long indexed, long removed, long foreign) {
    static final LoadReport EMPTY = new LoadReport(0, 0, 0, 0);

    LoadReport with(Adoption adoption) {
        return switch (adoption) {
            case KNOWN -> new LoadReport(known + 1, indexed, removed, foreign);
            case INDEXED -> new LoadReport(known, indexed + 1, removed, foreign);
            case REMOVED -> new LoadReport(known, indexed, removed + 1, foreign);
            case FOREIGN -> new LoadReport(known, indexed, removed, foreign + 1);
            case GONE -> this;
        };
    }

    @Override
    public String toString() {
        return "%d files in the index already, %d indexed, %d damaged or misplaced ones deleted, %d foreign ones left alone"
                .formatted(known, indexed, removed, foreign);
    }
}
