package io.sluice.edge.http;

import io.netty.channel.EventLoop;
import io.sluice.edge.http.limit.ClientAddress;
import io.sluice.edge.http.limit.RequestLimits;
import io.sluice.edge.http.limit.TrustedProxies;
import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.identity.Authentication;
import io.sluice.edge.identity.Authenticator;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets nobody in without a key, nor too often. It is part of each resource's routing, not a filter
 * before it: no spelling of a path can lead around it.
 */
final class Gate {
    private static final String SCHEME = "Bearer ";

    private final Authenticator authenticator;
    private final TrustedProxies proxies;
    private final RequestLimits limits;

    Gate(Authenticator authenticator, TrustedProxies proxies, RequestLimits limits) {
        this.authenticator = authenticator;
        this.proxies = proxies;
        this.limits = limits;
    }

    /**
     * Who asks; on the request's event loop, and at once except for tokens of another issuer.
     *
     * @return or fails with a {@link Refusal}: 401 without a valid key, 403 if it doesn't have the
     *     scope, 429 if it asks too often, 503 if the issuer's keys are out of reach
     */
    Mono<Identity> admit(ServerRequest request, Scope scope) {
        ClientAddress client =
                proxies.clientOf(
                        request.remoteAddress().orElse(null), request.headers().asHttpHeaders());
        limits.request(client);
        List<String> fields = request.headers().header(HttpHeaders.AUTHORIZATION);
        if (fields.size() != 1
                || !fields.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated(client, "send Authorization: Bearer and an API key");
        }
        String bearer = fields.getFirst().substring(SCHEME.length()).strip();
        return switch (authenticator.authenticate(bearer)) {
            case Authentication.Later(var check) -> {
                EventLoop loop = Sockets.loop(request);
                yield Border.<Authentication>cross(check)
                        .publishOn(Schedulers.fromExecutor(loop))
                        .map(answer -> decide(answer, client, scope));
            }
            case Authentication answer -> Mono.just(decide(answer, client, scope));
        };
    }

    private Identity decide(Authentication answer, ClientAddress client, Scope scope) {
        return switch (answer) {
            case Authentication.Known(Identity who) -> permit(who, client, scope);
            case Authentication.Refused(String why) -> throw unauthenticated(client, why);
            case Authentication.Unavailable(String why) -> throw Problem.NOT_AVAILABLE.because(why);
            case Authentication.Later _ ->
                    throw new IllegalStateException("a check must not ask for another one");
        };
    }

    private Identity permit(Identity who, ClientAddress client, Scope scope) {
        limits.request(who.credential());
        if (!who.has(scope)) {
            throw Problem.FORBIDDEN.because("the scope " + scope.word() + " is needed");
        }
        return who.from(client.text());
    }

    private Refusal unauthenticated(ClientAddress client, String detail) {
        limits.failure(client);
        return Problem.UNAUTHENTICATED
                .because(detail)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sluice\"");
    }

    /**
     * Refuses upload tokens where only somebody with an account may go.
     *
     * @throws Refusal 403
     */
    static void requireAccount(Identity who) {
        if (who.grant() != null) {
            throw Problem.FORBIDDEN.because("an upload token only makes uploads");
        }
    }

    /**
     * Refuses who has been let in a while ago, but would not be now: a long body can outlive its
     * key.
     *
     * @throws Refusal 401
     */
    void requireStillGood(Identity who) {
        if (!authenticator.isStillGood(who)) {
            throw Problem.UNAUTHENTICATED
                    .because("the API key was revoked or has expired meanwhile")
                    .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sluice\"");
        }
    }

    /** Where the client stands in the limits by address. */
    String site(ServerRequest request) {
        return proxies.clientOf(
                        request.remoteAddress().orElse(null), request.headers().asHttpHeaders())
                .site();
    }
}
