package io.sluice.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The first 128 bits of a key's SHA-256: the place in the index and the name of the file. */
record KeyHash(long high, long low) {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

    static KeyHash of(String key) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(key.getBytes(StandardCharsets.UTF_8)));
            return new KeyHash(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The hash that a file of that name has, if it is one of our names. */
    static Optional<KeyHash> ofName(String name) {
        return NAME.matcher(name).matches()
                ? Optional.of(
                        new KeyHash(
                                HexFormat.fromHexDigitsToLong(name, 0, 16),
                                HexFormat.fromHexDigitsToLong(name, 16, 32)))
                : Optional.empty();
    }

    String name() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
