package io.sluice.edge.http;

import io.sluice.edge.http.problem.RequestIds;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** What every request passes first: its id, and the header fields that every answer has. */
final class Front implements WebFilter, Ordered {
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id =
                RequestIds.accept(exchange.getRequest().getHeaders().getFirst(RequestIds.HEADER));
        RequestIds.put(exchange, id);
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set(RequestIds.HEADER, id);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        exchange.getResponse().beforeCommit(() -> tellWhenToRetry(exchange.getResponse()));
        return chain.filter(exchange);
    }

    /** Whoever answers 429 or 503 for us, the client is told when to come back. */
    private static Mono<Void> tellWhenToRetry(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        if (status != null
                && (status.value() == 429 || status.value() == 503)
                && !response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER)) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        }
        return Mono.empty();
    }
}
