package io.sluice.model;

import java.util.Locale;

/**
 * Where an upload is on its way. It only moves forward, except by an audited action of an admin.
 */
public enum UploadState {
    /** Bytes are coming in. */
    RECEIVING,
    /** Durable; nothing is known of its content. */
    STORED,
    /** A processor has it. */
    PROCESSING,
    /** Known clean; may be served. */
    READY,
    /** Against the profile's policy: type, size, pixels or name. */
    REJECTED,
    /** Infected; in quarantine, never served. */
    QUARANTINED,
    /** The scanner could not prove it clean; never served. */
    UNSCANNABLE,
    /** Its job is a dead letter. */
    FAILED,
    /** A tombstone: the bytes are gone, the row is kept for the audit. */
    DELETED;

    /** Whether nothing more happens by itself. */
    public boolean isEnd() {
        return switch (this) {
            case RECEIVING, STORED, PROCESSING -> false;
            case READY, REJECTED, QUARANTINED, UNSCANNABLE, FAILED, DELETED -> true;
        };
    }

    /** As it is spelled in JSON, the database and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static UploadState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
