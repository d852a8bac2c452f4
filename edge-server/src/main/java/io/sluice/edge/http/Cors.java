package io.sluice.edge.http;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Tells browsers which pages of other origins may use the API. Nothing is refused here: an answer
 * without these fields is kept from the page by its browser, and other clients send no Origin or
 * mean nothing by it. Spring's own filter refuses, and takes a page behind a TLS proxy for a
 * foreign one.
 */
final class Cors implements WebFilter, Ordered {
    private static final PathPattern API =
            PathPatternParser.defaultInstance.parse(Api.BASE + "/**");
    private static final String METHODS = "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS";
    private static final String EXPOSED =
            String.join(
                    ", ",
                    List.of(
                            "Location",
                            "ETag",
                            "Link",
                            "Allow",
                            "Accept-Patch",
                            "Accept-Post",
                            "Content-Disposition",
                            "Preference-Applied",
                            "Retry-After",
                            "X-Cache",
                            "X-Request-Id",
                            "Tus-Resumable",
                            "Tus-Version",
                            "Tus-Extension",
                            "Tus-Max-Size",
                            "Tus-Checksum-Algorithm",
                            "Upload-Offset",
                            "Upload-Length",
                            "Upload-Defer-Length",
                            "Upload-Metadata",
                            "Upload-Concat",
                            "Upload-Expires",
                            "Upload-Complete",
                            "Upload-Limit",
                            "Upload-Draft-Interop-Version",
                            "Repr-Digest"));

    private final EdgeProperties.Cors properties;

    Cors(EdgeProperties.Cors properties) {
        this.properties = properties;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        if (API.matches(path) && !properties.allowedOrigins().isEmpty()) {
            mark(request, exchange.getResponse().getHeaders());
        }
        return chain.filter(exchange);
    }

    private void mark(ServerHttpRequest request, HttpHeaders answer) {
        String origin = request.getHeaders().getOrigin();
        if (!properties.allowsAll()) {
            answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (origin == null
                || !(properties.allowsAll() || properties.allowedOrigins().contains(origin))) {
            return;
        }
        answer.setAccessControlAllowOrigin(properties.allowsAll() ? "*" : origin);
        answer.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        if (isPreflight(request)) {
            String wanted =
                    request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
            answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            answer.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "7200");
            if (wanted != null) {
                answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
            }
        }
    }

    private static boolean isPreflight(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /**
     * Answers a browser that asks before its request; behind all who have fields for the answer.
     */
    static final class Preflight implements WebFilter, Ordered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE + 30;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            if (!isPreflight(exchange.getRequest())) {
                return chain.filter(exchange);
            }
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, METHODS);
            return exchange.getResponse().setComplete();
        }
    }
}
