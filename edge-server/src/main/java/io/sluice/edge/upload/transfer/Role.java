package io.sluice.edge.upload.transfer;

import java.util.Locale;

/** What an upload is for. */
public enum Role {
    /** An upload in its own right. */
    WHOLE,
    /** A piece of others: it is never processed, and kept until it expires. */
    PART,
    /** Made of parts, one behind the other; it takes no bytes of its own. */
    FINAL;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
