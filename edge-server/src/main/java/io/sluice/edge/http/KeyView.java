package io.sluice.edge.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.edge.identity.ApiKey;
import io.sluice.edge.identity.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as the API shows it.
 *
 * @param key the secret; only in the answer that makes it
 */
record KeyView(
        String id,
        String name,
        String tenant,
        List<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

    /** All keys that a client may see. */
    record All(List<KeyView> keys) {}

    static KeyView of(ApiKey key, @Nullable String secret) {
        return new KeyView(
                key.id(),
                key.name(),
                key.tenant(),
                key.scopes().stream().sorted().map(Scope::word).toList(),
                key.created(),
                key.expires(),
                secret);
    }
}
