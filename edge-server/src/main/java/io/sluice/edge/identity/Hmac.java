package io.sluice.edge.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs texts with HMAC-SHA256 (RFC 2104). */
final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final SecretKeySpec key;

    Hmac(String id, byte[] key) {
        this.id = id;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Named in what it has signed. */
    String id() {
        return id;
    }

    byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Takes the same time whatever is wrong. */
    boolean hasSigned(String text, byte[] signature) {
        return MessageDigest.isEqual(sign(text), signature);
    }

    /** As a line of the file that keeps it. */
    String line() {
        return id
                + " "
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded())
                + "\n";
    }
}
