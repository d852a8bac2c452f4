package io.sluice.cache;

import java.time.Instant;

/**
 * The state of one place in the zone, in one word so that a compare-and-set decides who may do
 * what.
 *
 * <p>Valid: phase (3 bits), visited (1), publication (60), which no other entry of the zone ever
 * had. Filling and deleting: phase (3), the owner's pid (22), deadline in epoch seconds (32), salt
 * (7). Free: zero.
 */
record SlotWord(long bits) {
    static final SlotWord FREE = new SlotWord(0);
    private static final long VISITED = 8;
    private static final int PID_BITS = 22;
    private static final int DEADLINE_AT = 3 + PID_BITS;

    /** Who may touch a place, and whether its file may be served. */
    enum Phase {
        FREE(0),
        /** Somebody is about to rename a file into place; an older file may still be served. */
        FILLING(1),
        VALID(2),
        /** Somebody is about to delete the file; it isn't served any more. */
        DELETING(3),
        /** Bits that no version of Sluice writes. */
        UNKNOWN(7);

        private final long code;

        Phase(long code) {
            this.code = code;
        }
    }

    static SlotWord valid(long publication) {
        return new SlotWord(Phase.VALID.code | publication << 4);
    }

    static SlotWord owned(Phase phase, long pid, Instant deadline, int salt) {
        return new SlotWord(
                phase.code
                        | (pid & ((1L << PID_BITS) - 1)) << 3
                        | (deadline.getEpochSecond() & 0xffff_ffffL) << DEADLINE_AT
                        | ((long) salt) << (DEADLINE_AT + 32));
    }

    Phase phase() {
        return switch ((int) (bits & 7)) {
            case 0 -> Phase.FREE;
            case 1 -> Phase.FILLING;
            case 2 -> Phase.VALID;
            case 3 -> Phase.DELETING;
            default -> Phase.UNKNOWN;
        };
    }

    boolean isFree() {
        return phase() == Phase.FREE;
    }

    boolean isValid() {
        return phase() == Phase.VALID;
    }

    boolean isVisited() {
        return isValid() && (bits & VISITED) != 0;
    }

    SlotWord withVisited(boolean visited) {
        return new SlotWord(visited ? bits | VISITED : bits & ~VISITED);
    }

    long pid() {
        return bits >>> 3 & ((1L << PID_BITS) - 1);
    }

    Instant deadline() {
        return Instant.ofEpochSecond(bits >>> DEADLINE_AT & 0xffff_ffffL);
    }
}
