package io.sluice.edge.http;

import io.sluice.edge.http.loop.Border;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.ApiKey;
import io.sluice.edge.identity.ApiKeys;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.NewKey;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code /keys}: the API keys of the client's tenant; of all tenants for the default tenant's
 * admins.
 */
final class KeyResource {
    /** Its path below the API's. */
    static final String PATH = "/keys";

    private final ApiKeys keys;
    private final InstantSource clock;

    KeyResource(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    Mono<ServerResponse> list(ServerRequest request, Identity who) {
        Api.requireJsonAccepted(request);
        return Mono.just(
                JsonAnswer.of(
                        HttpStatus.OK,
                        new KeyView.All(
                                keys.list(who).stream()
                                        .map(key -> KeyView.of(key, null))
                                        .toList())));
    }

    Mono<ServerResponse> create(ServerRequest request, Identity who) {
        Api.requireJsonAccepted(request);
        return JsonBody.read(request, KeyDocument.class)
                .map(document -> document.request(who, clock))
                .flatMap(wanted -> Border.cross(() -> keys.create(who, wanted)))
                .map(KeyResource::shownOnce);
    }

    private static ServerResponse shownOnce(NewKey made) {
        return JsonAnswer.of(HttpStatus.CREATED, KeyView.of(made.key(), made.secret()))
                .with(HttpHeaders.LOCATION, Api.BASE + PATH + "/" + made.key().id())
                .with(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    Mono<ServerResponse> read(ServerRequest request, Identity who) {
        Api.requireJsonAccepted(request);
        return Mono.just(JsonAnswer.of(HttpStatus.OK, KeyView.of(find(request, who), null)));
    }

    Mono<ServerResponse> revoke(ServerRequest request, Identity who) {
        ApiKey key = find(request, who);
        if (key.identity().credential().equals(who.credential())) {
            throw Problem.OWN_KEY.because("make another admin key, and revoke this one with it");
        }
        return Border.cross(() -> keys.revoke(who, key))
                .map(isRevoked -> {
                    if (!isRevoked) {
                        throw noKey();
                    }
                    return JsonAnswer.empty(HttpStatus.NO_CONTENT);
                });
    }

    private ApiKey find(ServerRequest request, Identity who) {
        return keys.find(who, request.pathVariable("id")).orElseThrow(KeyResource::noKey);
    }

    private static RuntimeException noKey() {
        return Problem.NOT_FOUND.because("there is no API key of this id");
    }
}
