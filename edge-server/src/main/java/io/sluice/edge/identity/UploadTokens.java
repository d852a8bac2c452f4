package io.sluice.edge.identity;

import io.sluice.edge.database.Audit;
import io.sluice.edge.database.Database;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Upload tokens, for browsers without an account: signed texts that carry their own limits, so that
 * none has to be stored to be believed. {@code sluice_t1_CLAIMS.KEY.SIGNATURE}, where the claims
 * are JSON in base64url and the signature is an HMAC-SHA256 of all that stands before it.
 */
public final class UploadTokens {
    /** What every token starts with. */
    static final String PREFIX = "sluice_t1_";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TokenKeys keys;
    private final ApiKeys issuers;
    private final Database database;
    private final InstantSource clock;

    public UploadTokens(DataDirectory data, ApiKeys issuers, Database database, InstantSource clock)
            throws IOException {
        this.keys = new TokenKeys(data);
        this.issuers = issuers;
        this.database = database;
        this.clock = clock;
    }

    /** Issues a token for the tenant of who asks, and writes that to the audit. Blocks. */
    public IssuedToken issue(Identity who, TokenRequest request) {
        byte[] id = new byte[12];
        RANDOM.nextBytes(id);
        Grant grant =
                new Grant(
                        HexFormat.of().formatHex(id),
                        request.maxSize(),
                        request.types(),
                        request.profile(),
                        request.metadata(),
                        clock.instant().plus(request.expiresIn()),
                        request.uses());
        String text = sign(JSON.writeValueAsBytes(TokenClaims.of(grant, who)));
        String detail = "%d uses until %s".formatted(grant.uses(), grant.expires());
        audit(who, "token-issued", grant.id(), detail);
        return new IssuedToken(grant, text);
    }

    private String sign(byte[] claims) {
        Hmac key = keys.current();
        String signed = PREFIX + encode(claims) + "." + key.id();
        return signed + "." + encode(key.sign(signed));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void audit(Identity who, String action, String subject, String detail) {
        database.commit(
                        jdbc -> {
                            Audit.write(
                                    jdbc, clock.millis(), who.asActor(), action, subject, detail);
                            return subject;
                        })
                .join();
    }

    /**
     * Whoever holds the token: if one of our keys has signed it, it has not expired, and the API
     * key that it was issued with has not been revoked since.
     */
    Optional<Identity> authenticate(String text) {
        String[] parts = text.substring(PREFIX.length()).split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        String signed = text.substring(0, text.lastIndexOf('.'));
        return keys.find(parts[1])
                .filter(key -> hasSigned(key, signed, parts[2]))
                .flatMap(_ -> claims(parts[0]))
                .filter(claims -> claims.expires() > clock.instant().getEpochSecond())
                .filter(claims -> isBacked(claims.issuer()))
                .map(TokenClaims::identity);
    }

    /** A subject of somebody else's issuer can't be revoked here. */
    private boolean isBacked(String issuer) {
        return !issuer.startsWith("key:") || issuers.isAlive(issuer);
    }

    private static boolean hasSigned(Hmac key, String signed, String signature) {
        try {
            return key.hasSigned(signed, Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<TokenClaims> claims(String encoded) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(encoded);
            return Optional.of(
                    JSON.readValue(new String(json, StandardCharsets.UTF_8), TokenClaims.class));
        } catch (IllegalArgumentException | JacksonException e) {
            // Signed by us all the same: an older version of ours that is not understood any more.
            return Optional.empty();
        }
    }

    /**
     * Ends all tokens at once, and writes that to the audit. Blocks.
     *
     * @throws IOException if the new key can't be written
     */
    public void endAll(Identity who) throws IOException {
        keys.replaceAll();
        audit(who, "tokens-ended", "all", "a new key signs tokens from now on");
    }
}
