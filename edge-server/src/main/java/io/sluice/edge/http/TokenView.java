package io.sluice.edge.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.sluice.edge.identity.Grant;
import io.sluice.edge.identity.IssuedToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload token as the API shows it, to who had it issued, once.
 *
 * @param token what its holder sends as bearer
 */
record TokenView(
        String id,
        String token,
        Instant expiresAt,
        int uses,
        long maxSize,
        List<String> types,
        @Nullable String profile,
        @JsonRawValue String metadata) {

    static TokenView of(IssuedToken issued) {
        Grant grant = issued.grant();
        return new TokenView(
                grant.id(),
                issued.text(),
                grant.expires(),
                grant.uses(),
                grant.maxSize(),
                grant.types(),
                grant.profile(),
                grant.metadata());
    }
}
