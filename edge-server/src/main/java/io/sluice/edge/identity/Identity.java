package io.sluice.edge.identity;

import java.util.Set;

/**
 * Who asks.
 *
 * @param tenant owns what is uploaded, and sees nothing else
 * @param actor named in the audit
 * @param scopes what is allowed
 */
public record Identity(String tenant, String actor, Set<Scope> scopes) {

    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the scope is among the allowed ones; an admin may do everything. */
    public boolean has(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }
}
