package io.sluice.edge.identity;

import io.sluice.edge.database.Actor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param tenant owns what is uploaded, and sees nothing else
 * @param actor named in the audit
 * @param scopes what is allowed
 * @param credential tells one key, token or subject from all others; limits are counted by it
 * @param grant what an upload token allows; null for whoever has an account
 * @param address of the client, for the audit; null if nobody asked for it
 */
public record Identity(
        String tenant,
        String actor,
        Set<Scope> scopes,
        String credential,
        @Nullable Grant grant,
        @Nullable String address) {
    /** The tenant whose admins see all tenants. */
    public static final String DEFAULT_TENANT = "default";

    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody with an account, who is known by the actor's name. */
    public Identity(String tenant, String actor, Set<Scope> scopes) {
        this(tenant, actor, scopes, actor, null, null);
    }

    /** Whether the scope is among the allowed ones; an admin may do everything. */
    public boolean has(Scope scope) {
        return scopes.contains(scope)
                || scopes.contains(Scope.ADMIN)
                || (scope == Scope.STATUS && scopes.contains(Scope.READ));
    }

    /** Whether all tenants are visible: to the admins of the default tenant alone. */
    public boolean seesAllTenants() {
        return has(Scope.ADMIN) && tenant.equals(DEFAULT_TENANT);
    }

    /** Whether what the tenant owns is visible. */
    public boolean sees(String owner) {
        return tenant.equals(owner) || seesAllTenants();
    }

    /** The same, asking from that address. */
    public Identity from(String clientAddress) {
        return new Identity(tenant, actor, scopes, credential, grant, clientAddress);
    }

    /** As the audit names who did it. */
    public Actor asActor() {
        return new Actor(actor, tenant, address);
    }
}
