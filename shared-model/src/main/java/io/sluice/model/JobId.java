package io.sluice.model;

import java.time.InstantSource;
import java.util.UUID;

/** Names one job: a UUIDv7, so that ids sort by the time they were made. */
public record JobId(UUID value) implements Comparable<JobId> {

    /** A new id with the clock's time in it. */
    public static JobId next(InstantSource clock) {
        return new JobId(UuidV7.next(clock));
    }

    /**
     * Reads the canonical form.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static JobId parse(String text) {
        return new JobId(UuidV7.parse(text));
    }

    @Override
    public int compareTo(JobId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
