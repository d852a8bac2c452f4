package io.sluice.edge.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key without its secret.
 *
 * @param hash SHA-256 of the secret, in hex
 * @param expires null for never
 */
public record ApiKey(
        String hash,
        String name,
        String tenant,
        Set<Scope> scopes,
        Instant created,
        @Nullable Instant expires) {
    private static final int ID_DIGITS = 16;

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** Names the key to administrators: the start of the hash, which is no help in guessing. */
    public String id() {
        return hash.substring(0, ID_DIGITS);
    }

    /** Whoever brings the key. */
    public Identity identity() {
        return new Identity(tenant, name, scopes, credential(), null, null);
    }

    String credential() {
        return "key:" + id();
    }

    boolean isAliveAt(Instant now) {
        return expires == null || now.isBefore(expires);
    }
}
