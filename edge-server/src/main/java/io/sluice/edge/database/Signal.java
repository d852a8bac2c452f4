package io.sluice.edge.database;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * "There may be something to do": raised from anywhere, any number of times, and awaited by one
 * thread.
 */
public final class Signal {
    private final Semaphore raised = new Semaphore(0);

    /** There may be something to do; never waits. */
    public void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Waits until it is raised, or that long; takes all that was raised by then. */
    public void await(long millis) throws InterruptedException {
        if (raised.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            raised.drainPermits();
        }
    }
}
