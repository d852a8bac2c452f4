package io.sluice.master.doctor;

/**
 * One thing that was looked for.
 *
 * @param level whether it is there, and whether it must be
 * @param name what it is
 * @param text what is there, what it is used for, or what to do to have it
 */
public record Finding(Level level, String name, String text) {
    /** How good it is. */
    public enum Level {
        /** There. */
        OK,
        /** Not there; something works less well. */
        LESS,
        /** Not there, and nothing works without it. */
        MISSING
    }

    static Finding ok(String name, String text) {
        return new Finding(Level.OK, name, text);
    }

    static Finding less(String name, String text) {
        return new Finding(Level.LESS, name, text);
    }

    static Finding missing(String name, String text) {
        return new Finding(Level.MISSING, name, text);
    }

    @Override
    public String toString() {
        String mark =
                switch (level) {
                    case OK -> "ok     ";
                    case LESS -> "less   ";
                    case MISSING -> "MISSING";
                };
        return "%s %-10s %s".formatted(mark, name, text);
    }
}
