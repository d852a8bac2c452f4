package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.Plan;
import io.sluice.benchmarks.measure.Processes;
import java.io.IOException;
import java.util.List;

/** A running server that takes uploads. */
public interface Server {
    /** What it is called in tables. */
    String name();

    /** All of its processes. */
    Processes processes();

    /** The pids of those that clients speak to. */
    List<Long> front();

    /** Whether it knows a way of sending. */
    boolean takes(Way way);

    /** How a load of a way that it knows is put on it. */
    Plan plan(Load load);

    /** How what the load has made is deleted. */
    Plan deletion(Load load);

    /**
     * Returns when nothing is left to do behind the acknowledgements.
     *
     * @throws IOException if it doesn't answer
     * @throws InterruptedException if the caller doesn't want to wait any more
     */
    void settle() throws IOException, InterruptedException;
}
