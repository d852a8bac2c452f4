package io.sluice.model;

import java.util.Locale;

/** What the scanners made of an original. Only {@link #CLEAN} may be served. */
public enum Verdict {
    PENDING,
    CLEAN,
    INFECTED,
    UNSCANNABLE;

    /** As it is spelled in JSON, the database and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The verdict of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Verdict ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
