package io.sluice.edge.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param name for people: listings and the audit show it
 * @param expires null for never
 */
public record KeyRequest(String name, String tenant, Set<Scope> scopes, @Nullable Instant expires) {
    public KeyRequest {
        scopes = Set.copyOf(scopes);
    }
}
