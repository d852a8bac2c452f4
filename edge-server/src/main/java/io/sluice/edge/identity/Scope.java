package io.sluice.edge.identity;

import java.util.Locale;

/** What a key allows. */
public enum Scope {
    UPLOAD,
    READ,
    ADMIN;

    /** As it is spelled in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scope ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
