package io.sluice.edge.job;

import io.sluice.channel.Dispatcher;
import io.sluice.model.Job;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How many jobs may go out now.
 *
 * @param byKind that many of each; a kind without credit is not there
 * @param total of all kinds together: processors that take several count once
 */
record Room(Map<Job.Kind, Integer> byKind, int total) {
    private static final int LARGEST_BATCH = 64;

    Room {
        byKind = Map.copyOf(byKind);
    }

    static Room of(Dispatcher dispatcher) {
        Map<Job.Kind, Integer> byKind = new EnumMap<>(Job.Kind.class);
        for (Job.Kind kind : Job.Kind.values()) {
            int credit = Math.min(dispatcher.credit(kind), LARGEST_BATCH);
            if (credit > 0) {
                byKind.put(kind, credit);
            }
        }
        return new Room(byKind, Math.min(dispatcher.credit(), LARGEST_BATCH));
    }

    boolean isNone() {
        return byKind.isEmpty() || total <= 0;
    }

    /** The kinds that there is room for. */
    Set<Job.Kind> kinds() {
        return byKind.keySet();
    }

    int of(Job.Kind kind) {
        return byKind.getOrDefault(kind, 0);
    }
}
