package io.sluice.edge.upload.transfer;

import java.util.Locale;

/** How an upload's client resumes it. An upload is found by its own protocol only. */
public enum Protocol {
    /** tus 1.0.0. */
    TUS,
    /** draft-ietf-httpbis-resumable-upload. */
    IETF;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Protocol ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
