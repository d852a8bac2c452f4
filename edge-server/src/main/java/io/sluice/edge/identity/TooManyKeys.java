package io.sluice.edge.identity;

/** There are as many keys as may be. */
public final class TooManyKeys extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyKeys(String message) {
        super(message, null, false, false);
    }
}
