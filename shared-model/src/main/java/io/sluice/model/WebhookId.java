package io.sluice.model;

import java.time.InstantSource;
import java.util.UUID;

/** Names one webhook: a UUIDv7, so that ids sort by the time they were made. */
public record WebhookId(UUID value) {

    /** A new id with the clock's time in it. */
    public static WebhookId next(InstantSource clock) {
        return new WebhookId(UuidV7.next(clock));
    }

    /**
     * Reads the canonical form.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static WebhookId parse(String text) {
        return new WebhookId(UuidV7.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
