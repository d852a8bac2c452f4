package io.sluice.edge.webhook;

import org.jspecify.annotations.Nullable;

/**
 * How a try ended.
 *
 * @param status null without an answer
 * @param error null with an answer
 */
public record Reply(@Nullable Integer status, @Nullable String error) {
    private static final int GONE = 410;

    /** The endpoint answered. */
    public static Reply of(int status) {
        return new Reply(status, null);
    }

    /** There was no answer. */
    public static Reply without(String error) {
        return new Reply(null, error);
    }

    boolean isTaken() {
        return status != null && status >= 200 && status < 300;
    }

    /** The endpoint wants no more of it. */
    boolean isGone() {
        return status != null && status == GONE;
    }
}
