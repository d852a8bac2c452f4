package io.sluice.edge.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that a webhook and its receiver share: 256 random bits, spelled and used as Standard
 * Webhooks 1.0 says (symmetric signatures).
 *
 * @param text {@code whsec_} and base64
 */
public record SigningSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    static SigningSecret random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(bits));
    }

    /**
     * The signature of a message.
     *
     * @param timestamp in Unix seconds
     */
    String sign(String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            mac.init(new SecretKeySpec(key, ALGORITHM));
            String signed = id + '.' + timestamp + '.' + body;
            byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Never the secret: this ends up in logs. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
