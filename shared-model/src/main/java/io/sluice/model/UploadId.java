package io.sluice.model;

import java.time.InstantSource;
import java.util.UUID;

/** Names one upload: a UUIDv7, so that ids sort by the time they were made. */
public record UploadId(UUID value) implements Comparable<UploadId> {

    /** A new id with the clock's time in it. */
    public static UploadId next(InstantSource clock) {
        return new UploadId(UuidV7.next(clock));
    }

    /**
     * Reads the canonical form.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static UploadId parse(String text) {
        return new UploadId(UuidV7.parse(text));
    }

    /**
     * Where the original lies below the store's root: {@code ab/cd/<id>}, the directories from the
     * id's random end, as its start is the same for all uploads of one hour.
     */
    public String storePath() {
        String text = toString();
        return text.substring(34) + '/' + text.substring(32, 34) + '/' + text;
    }

    @Override
    public int compareTo(UploadId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
