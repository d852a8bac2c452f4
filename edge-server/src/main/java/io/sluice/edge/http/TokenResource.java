package io.sluice.edge.http;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.IdentityProperties;
import io.sluice.edge.identity.UploadTokens;
import io.sluice.edge.upload.Profiles;
import io.sluice.edge.upload.UploadProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /tokens}: signed upload tokens, for clients without an account. */
final class TokenResource {
    private final UploadTokens tokens;
    private final UploadProperties limits;
    private final Profiles profiles;
    private final IdentityProperties properties;

    TokenResource(
            UploadTokens tokens,
            UploadProperties limits,
            Profiles profiles,
            IdentityProperties properties) {
        this.tokens = tokens;
        this.limits = limits;
        this.profiles = profiles;
        this.properties = properties;
    }

    Mono<ServerResponse> issue(ServerRequest request, Identity who) {
        Gate.requireAccount(who);
        Api.requireJsonAccepted(request);
        return JsonBody.read(request, TokenDocument.class)
                .map(document ->
                        document.request(
                                limits.maxSize().bytes(), profiles.names(), properties.tokens()))
                .flatMap(wanted -> Border.cross(() -> tokens.issue(who, wanted)))
                .map(issued ->
                        JsonAnswer.of(HttpStatus.CREATED, TokenView.of(issued))
                                .with(HttpHeaders.CACHE_CONTROL, "no-store"));
    }

    /** Ends the tokens of all tenants: they are signed with the same key. */
    Mono<ServerResponse> endAll(ServerRequest request, Identity who) {
        if (!who.seesAllTenants()) {
            throw Problem.FORBIDDEN.because("only admins of the default tenant end all tokens");
        }
        return Border.cross(
                        () -> {
                            tokens.endAll(who);
                            return true;
                        })
                .map(_ -> JsonAnswer.empty(HttpStatus.NO_CONTENT));
    }
}
