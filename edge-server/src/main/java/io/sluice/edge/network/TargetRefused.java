package io.sluice.edge.network;

/** A URL that the edge must not connect to; the message may be shown to who gave it. */
public final class TargetRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TargetRefused(String message) {
        super(message, null, false, false);
    }
}
