package io.sluice.processor.original;

import java.io.IOException;

/** An original is not what the job says it is, or not a plain file: trying again is no use. */
public final class RefusedOriginal extends IOException {
    private static final long serialVersionUID = 1L;

    public RefusedOriginal(String message) {
        super(message);
    }
}
