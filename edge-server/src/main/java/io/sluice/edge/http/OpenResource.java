package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One path that anybody may read without a key. */
final class OpenResource {
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    private OpenResource() {}

    /** The path's route; the answer is at hand, and is asked for by GET and HEAD only. */
    static RouterFunction<ServerResponse> route(
            String pattern, Function<ServerRequest, ServerResponse> answer) {
        return RouterFunctions.route(
                RequestPredicates.path(pattern),
                request -> Mono.just(isRead(request) ? answer.apply(request) : options(request)));
    }

    private static boolean isRead(ServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static ServerResponse options(ServerRequest request) {
        if (!request.method().equals(HttpMethod.OPTIONS)) {
            throw Problem.METHOD_NOT_ALLOWED
                    .because("the resource has " + ALLOW)
                    .with(HttpHeaders.ALLOW, ALLOW);
        }
        return JsonAnswer.empty(HttpStatus.NO_CONTENT).with(HttpHeaders.ALLOW, ALLOW);
    }
}
