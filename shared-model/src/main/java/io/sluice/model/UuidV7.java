package io.sluice.model;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Makes time-ordered random UUIDs (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random bits.
 */
final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private UuidV7() {}

    static UUID next(InstantSource clock) {
        long random = RANDOM.nextLong();
        long high = (clock.millis() << 16) | 0x7000 | (random & 0x0fff);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * The UUID in its canonical form; anything else, also what {@link UUID#fromString} forgives, is
     * refused.
     */
    static UUID parse(String text) {
        UUID uuid = text.length() == 36 ? UUID.fromString(text) : null;
        if (uuid == null || !uuid.toString().equals(text)) {
            throw new IllegalArgumentException("not a lower-case UUID: " + text);
        }
        return uuid;
    }
}
