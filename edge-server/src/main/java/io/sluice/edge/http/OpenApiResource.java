package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code GET /openapi.json}: the API's description, for anybody. It is written by hand, and a test
 * holds it against what is really there.
 */
final class OpenApiResource {
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    private final byte[] document;

    /**
     * Reads the document.
     *
     * @throws IOException if it was not packed
     */
    OpenApiResource() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(OpenApiResource.class.getResourceAsStream("openapi.json"))) {
            document = file.readAllBytes();
        }
    }

    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route(
                RequestPredicates.path(Api.BASE + "/openapi.json"), this::answer);
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return Mono.just(
                    JsonAnswer.empty(HttpStatus.NO_CONTENT).with(HttpHeaders.ALLOW, ALLOW));
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            throw Problem.METHOD_NOT_ALLOWED
                    .because("the resource has " + ALLOW)
                    .with(HttpHeaders.ALLOW, ALLOW);
        }
        return Mono.just(JsonAnswer.ofDocument(HttpStatus.OK, document));
    }
}
