package io.sluice.processor;

import java.io.IOException;

/** Nobody wants a job's outcome any more: whoever works on it stops. */
public final class LeaseOver extends IOException {
    private static final long serialVersionUID = 1L;

    public LeaseOver(String message) {
        super(message);
    }
}
