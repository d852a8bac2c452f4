package io.sluice.edge.job;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * "There may be something to do": raised from anywhere, any number of times, and awaited by one
 * thread.
 */
final class Signal {
    private final Semaphore raised = new Semaphore(0);

    void raise() {
        raised.release();
    }

    /** Waits until it is raised, or that long; takes all that was raised by then. */
    void await(long millis) throws InterruptedException {
        if (raised.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            raised.drainPermits();
        }
    }
}
