package io.sluice.channel.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Deals out what a processor can work on to the edges that are connected. A slot is either free
 * here, granted to an edge that hasn't used it, or busy with a job, and stays so until the job is
 * answered even when its edge is gone. A free slot goes to the edge that has fewest. Owned by the
 * event loop.
 */
final class Slots {
    private final List<ProcessorConnection> connections = new ArrayList<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int free;
    private int busy;
    private boolean draining;

    Slots(int slots) {
        free = slots;
    }

    List<ProcessorConnection> connections() {
        return List.copyOf(connections);
    }

    boolean isDraining() {
        return draining;
    }

    /** Completes when a drain was asked for and no job is in hand. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    void drain() {
        draining = true;
        checkDrained();
    }

    void join(ProcessorConnection connection) {
        connections.add(connection);
        deal();
    }

    /** An edge is gone; what it had not used is free again. */
    void leave(ProcessorConnection connection, int unused) {
        if (connections.remove(connection)) {
            free += unused;
            deal();
        }
    }

    /** A granted slot was used for a job. */
    void busy() {
        busy++;
    }

    /** A job was answered, and the answer is written or its edge gone. */
    void release() {
        busy--;
        free++;
        deal();
        checkDrained();
    }

    /** Grants what is free to the edges that read what is sent to them. */
    void deal() {
        while (free > 0 && !draining) {
            ProcessorConnection poorest = poorest();
            if (poorest == null) {
                return;
            }
            free--;
            poorest.grant();
        }
    }

    private @Nullable ProcessorConnection poorest() {
        ProcessorConnection poorest = null;
        for (ProcessorConnection connection : connections) {
            if (connection.isReading()
                    && (poorest == null || connection.slots() < poorest.slots())) {
                poorest = connection;
            }
        }
        return poorest;
    }

    private void checkDrained() {
        if (draining && busy == 0) {
            drained.complete(null);
        }
    }
}
