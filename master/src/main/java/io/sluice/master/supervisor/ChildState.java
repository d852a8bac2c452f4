package io.sluice.master.supervisor;

import java.util.Locale;

/** Where a child stands. */
enum ChildState {
    /** Started, and not ready yet. */
    STARTING,
    /** Takes traffic. */
    READY,
    /** Runs, and takes no traffic for now. */
    UNREADY,
    /** Died; waits for its next start. */
    BACKOFF,
    /** Ended, and isn't started again. */
    ENDED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
