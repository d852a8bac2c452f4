package io.sluice.edge.upload;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One upload's place among those whose bytes are coming in. Closing it twice gives one place back.
 */
public final class Admission implements AutoCloseable {
    private final Runnable giveBack;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    Admission(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    @Override
    public void close() {
        if (isOpen.compareAndSet(true, false)) {
            giveBack.run();
        }
    }
}
