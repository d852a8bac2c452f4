package io.sluice.edge.upload.transfer;

import java.util.Locale;

/** How an upload's client resumes it. An upload is found by its own protocol only. */
public enum Protocol {
    /** tus 1.0.0: an upload ends with the last byte of its length. */
    TUS,
    /**
     * draft-ietf-httpbis-resumable-upload: an upload ends when its client says so, and how many
     * bytes it has is told while a request is still bringing more.
     */
    IETF;

    boolean endsByLength() {
        return this == TUS;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Protocol ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
