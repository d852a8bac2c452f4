package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.identity.ApiKeys;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Lets nobody in without a key. It is part of each resource's routing, not a filter before it: no
 * spelling of a path can lead around it.
 */
final class Gate {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_KEY = 512;

    private final ApiKeys keys;

    Gate(ApiKeys keys) {
        this.keys = keys;
    }

    /**
     * Who asks.
     *
     * @throws Refusal 401 without a valid key, 403 if it doesn't have the scope
     */
    Identity require(ServerRequest request, Scope scope) {
        List<String> fields = request.headers().header(HttpHeaders.AUTHORIZATION);
        if (fields.size() != 1
                || !fields.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated("send Authorization: Bearer and an API key");
        }
        String key = fields.getFirst().substring(SCHEME.length()).strip();
        Identity identity = key.length() > LONGEST_KEY ? null : keys.authenticate(key).orElse(null);
        if (identity == null) {
            throw unauthenticated("the API key is unknown or expired");
        }
        if (!identity.has(scope)) {
            throw Problem.FORBIDDEN.because("the scope " + scope.word() + " is needed");
        }
        return identity;
    }

    private static Refusal unauthenticated(String detail) {
        return Problem.UNAUTHENTICATED
                .because(detail)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sluice\"");
    }
}
