package io.sluice.edge.http.ietf;

import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Gives answers the draft's fields before anybody answers, so that refusals have them too: the
 * limits to who asks for them or is about to exceed them, and that an answer is none of a complete
 * upload unless it says so.
 */
public final class IetfFront implements WebFilter, Ordered {
    private static final PathPattern UPLOADS =
            PathPatternParser.defaultInstance.parse("/api/v1/uploads");
    private static final PathPattern UPLOAD =
            PathPatternParser.defaultInstance.parse("/api/v1/uploads/{id}");

    private final UploadLimits limits;

    public IetfFront(UploadLimits limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 21;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        HttpHeaders answer = exchange.getResponse().getHeaders();
        if (UPLOADS.matches(path)) {
            mark(request, answer);
        } else if (UPLOAD.matches(path)) {
            markUpload(request, answer);
        }
        return chain.filter(exchange);
    }

    private void mark(ServerHttpRequest request, HttpHeaders answer) {
        InteropVersion version = InteropVersion.of(request.getHeaders());
        Optional<Boolean> completeness = IetfCreation.completeness(request.getHeaders());
        if (request.getMethod().equals(HttpMethod.OPTIONS) && completeness.isEmpty()) {
            answer.set(Ietf.LIMIT, limits.ofNone(version));
            if (version.announcesAppending()) {
                answer.set(HttpHeaders.ACCEPT_PATCH, Ietf.PARTIAL_UPLOAD);
            }
        } else if (request.getMethod().equals(HttpMethod.POST) && completeness.isPresent()) {
            markUnended(answer, version);
        }
    }

    private void markUpload(ServerHttpRequest request, HttpHeaders answer) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            answer.set(HttpHeaders.ACCEPT_PATCH, Ietf.PARTIAL_UPLOAD);
        } else if (request.getMethod().equals(HttpMethod.PATCH)) {
            markUnended(answer, InteropVersion.of(request.getHeaders()));
        }
    }

    private void markUnended(HttpHeaders answer, InteropVersion version) {
        answer.set(Ietf.COMPLETE, Ietf.NO);
        answer.set(Ietf.LIMIT, limits.ofNone(version));
    }
}
