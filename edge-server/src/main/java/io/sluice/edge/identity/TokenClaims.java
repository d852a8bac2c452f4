package io.sluice.edge.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is inside an upload token, as its JSON has it. Its form belongs to the token's version:
 * another form is another prefix.
 *
 * @param issuer the credential of who had it issued; the token ends with it
 * @param expires Unix seconds
 */
record TokenClaims(
        String id,
        String tenant,
        String issuer,
        String actor,
        long maxSize,
        List<String> types,
        @Nullable String profile,
        String metadata,
        long expires,
        int uses) {

    static TokenClaims of(Grant grant, Identity issuer) {
        return new TokenClaims(
                grant.id(),
                issuer.tenant(),
                issuer.credential(),
                issuer.actor(),
                grant.maxSize(),
                grant.types(),
                grant.profile(),
                grant.metadata(),
                grant.expires().getEpochSecond(),
                grant.uses());
    }

    Identity identity() {
        Grant grant =
                new Grant(
                        id,
                        maxSize,
                        types,
                        profile,
                        metadata,
                        Instant.ofEpochSecond(expires),
                        uses);
        return new Identity(
                tenant,
                "token %s of %s".formatted(id, actor),
                Set.of(Scope.UPLOAD, Scope.STATUS),
                "token:" + id,
                grant,
                null);
    }
}
