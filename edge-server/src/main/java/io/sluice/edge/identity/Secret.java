package io.sluice.edge.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A new API key's text: 256 random bits behind a prefix that secret scanners can look for. */
record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new Secret("sluice_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** What is stored in its place. */
    String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
