package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One path of the API with all its methods, so that it can say which ones there are. */
final class Resource {
    private final Gate gate;
    private final String pattern;
    private final Map<HttpMethod, Method> methods = new LinkedHashMap<>();

    /** Answers a request of somebody known. A {@code Refusal} that it throws is answered. */
    interface Handler {
        Mono<? extends ServerResponse> handle(ServerRequest request, Identity who);
    }

    private record Method(Scope scope, Handler handler) {}

    Resource(Gate gate, String path) {
        this.gate = gate;
        this.pattern = Api.BASE + path;
    }

    Resource on(HttpMethod method, Scope scope, Handler handler) {
        methods.put(method, new Method(scope, handler));
        return this;
    }

    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route(RequestPredicates.path(pattern), this::dispatch);
    }

    private Mono<ServerResponse> dispatch(ServerRequest request) {
        Method method = methods.get(request.method());
        if (method != null) {
            return gate.admit(request, method.scope())
                    .flatMap(who -> method.handler().handle(request, who))
                    .cast(ServerResponse.class);
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return Mono.just(
                    JsonAnswer.empty(HttpStatus.NO_CONTENT).with(HttpHeaders.ALLOW, allow()));
        }
        throw Problem.METHOD_NOT_ALLOWED
                .because("the resource has " + allow())
                .with(HttpHeaders.ALLOW, allow());
    }

    private String allow() {
        return methods.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "))
                + ", OPTIONS";
    }
}
