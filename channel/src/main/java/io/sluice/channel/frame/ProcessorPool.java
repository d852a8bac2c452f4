package io.sluice.channel.frame;

import io.sluice.channel.Capability;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections over which jobs may go. Thread-safe: read for each job, changed seldom. */
final class ProcessorPool {
    private static final Logger log = LoggerFactory.getLogger(ProcessorPool.class);

    private final List<EdgeConnection> connections = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void add(EdgeConnection connection) {
        connections.add(connection);
    }

    void remove(EdgeConnection connection) {
        connections.remove(connection);
    }

    /** How many processors are connected, by however many connections. */
    int processors() {
        return (int) connections.stream().map(EdgeConnection::address).distinct().count();
    }

    int credit() {
        return credit(Set.of());
    }

    /** Of the processors that can do that. */
    int credit(Capability capability) {
        return credit(Set.of(capability));
    }

    private int credit(Set<Capability> needed) {
        int sum = 0;
        for (EdgeConnection connection : connections) {
            if (connection.can(needed)) {
                sum += connection.credit();
            }
        }
        return sum;
    }

    /**
     * Takes one credit of the connection that has most, among those to processors that can do what
     * is needed; null when none has any.
     */
    @Nullable EdgeConnection reserve(Set<Capability> needed) {
        while (true) {
            EdgeConnection best = null;
            int most = 0;
            for (EdgeConnection connection : connections) {
                int credit = connection.credit();
                if (credit > most && connection.can(needed)) {
                    best = connection;
                    most = credit;
                }
            }
            // Another thread may have taken it meanwhile: then look again.
            if (best == null || best.reserve()) {
                return best;
            }
        }
    }

    void onCredit(Runnable listener) {
        listeners.add(listener);
    }

    /** A listener's failure is the listener's: the connection serves other jobs too. */
    void creditGrew() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.error("credit listener failed", e);
            }
        }
    }
}
