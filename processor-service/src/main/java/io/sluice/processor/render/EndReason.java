package io.sluice.processor.render;

import java.util.Locale;

/** Why an image worker ended. */
enum EndReason {
    /** By itself: a native decoder's fault, no memory, a kill from outside. */
    CRASH,
    /** It never said that it is ready. */
    START,
    /** Killed: a picture took too long. */
    DEADLINE,
    /** Killed: nobody wanted the picture any more. */
    CANCELLED,
    /** Killed: what it said made no sense. */
    GARBLED,
    /** Replaced after as many pictures as one worker makes. */
    RECYCLED,
    /** Replaced: it had grown. */
    MEMORY,
    /** Killed: it could not make a picture that anybody can. */
    UNHEALTHY,
    /** With the processor. */
    STOPPED;

    /** As metrics spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the next one may end the same way at once, so that it had better wait a little. */
    boolean isFailure() {
        return this == CRASH || this == START || this == GARBLED || this == UNHEALTHY;
    }
}
