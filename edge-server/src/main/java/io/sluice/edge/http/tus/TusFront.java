package io.sluice.edge.http.tus;

import io.sluice.edge.http.problem.Problem;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * What holds for every request below tus's path, whatever becomes of it: the version is compared
 * before anything else, even before the key; every answer names it; and another method may stand in
 * X-HTTP-Method-Override.
 */
public final class TusFront implements WebFilter, Ordered {
    private static final PathPattern BELOW =
            PathPatternParser.defaultInstance.parse(Tus.PATH + "/**");

    private final String maxSize;

    /**
     * A front for uploads up to a size.
     *
     * @param maxSize in bytes
     */
    public TusFront(long maxSize) {
        this.maxSize = Long.toString(maxSize);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 20;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!BELOW.matches(request.getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.set(Tus.RESUMABLE, Tus.VERSION);
        HttpMethod method = method(request);
        if (method.equals(HttpMethod.OPTIONS)) {
            describe(answer);
        } else if (!isVersionKnown(method, request.getHeaders().getOrEmpty(Tus.RESUMABLE))) {
            return Mono.error(
                    Problem.PRECONDITION_FAILED
                            .because("Tus-Resumable must be " + Tus.VERSION)
                            .with(Tus.TUS_VERSION, Tus.VERSION));
        }
        if (method.equals(HttpMethod.POST)) {
            answer.set(Tus.MAX_SIZE, maxSize);
        }
        return chain.filter(
                method.equals(request.getMethod())
                        ? exchange
                        : exchange.mutate().request(changed -> changed.method(method)).build());
    }

    private static HttpMethod method(ServerHttpRequest request) {
        String override = request.getHeaders().getFirst(Tus.METHOD_OVERRIDE);
        return override == null || override.isBlank()
                ? request.getMethod()
                : HttpMethod.valueOf(override.strip());
    }

    /** GET is not tus's: a browser that follows an upload's URL knows no version. */
    private static boolean isVersionKnown(HttpMethod method, List<String> versions) {
        return versions.isEmpty()
                ? method.equals(HttpMethod.GET)
                : versions.stream().allMatch(Tus.VERSION::equals);
    }

    private void describe(HttpHeaders answer) {
        answer.set(Tus.TUS_VERSION, Tus.VERSION);
        answer.set(Tus.EXTENSION, Tus.EXTENSIONS);
        answer.set(Tus.MAX_SIZE, maxSize);
        answer.set(Tus.CHECKSUM_ALGORITHM, Tus.checksumAlgorithms());
    }
}
