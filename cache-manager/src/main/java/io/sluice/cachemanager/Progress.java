package io.sluice.cachemanager;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the resident thread is doing, for the threads that answer health and metrics. */
final class Progress {
    private volatile Phase phase = Phase.WAITING;
    private volatile @Nullable String failure;
    private volatile long foreignFiles;

    /** How far the upkeep has come. */
    enum Phase {
        /** Another cache-manager leads on this cache. */
        WAITING,
        /** Goes through the tree. */
        LOADING,
        /** Keeps the limits. */
        RESIDENT
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** Why the last round didn't do all it should, if so. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void failed(@Nullable String why) {
        failure = why;
    }

    /** Files in the cache that Sluice didn't write, as the loader counted them. */
    long foreignFiles() {
        return foreignFiles;
    }

    void foreignFiles(long count) {
        foreignFiles = count;
    }
}
