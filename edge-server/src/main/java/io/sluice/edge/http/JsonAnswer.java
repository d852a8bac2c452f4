package io.sluice.edge.http;

import io.sluice.edge.http.problem.Json;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** An answer whose body is at hand: a JSON document, or nothing. */
final class JsonAnswer implements ServerResponse {
    private final HttpStatus status;
    private final HttpHeaders headers = new HttpHeaders();
    private final byte[] body;

    private JsonAnswer(HttpStatus status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    static JsonAnswer of(HttpStatus status, Object view) {
        return ofDocument(status, Json.bytes(view));
    }

    /** A document that is JSON already. */
    static JsonAnswer ofDocument(HttpStatus status, byte[] document) {
        return new JsonAnswer(status, document)
                .with(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .with(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    static JsonAnswer empty(HttpStatus status) {
        return new JsonAnswer(status, new byte[0]);
    }

    JsonAnswer with(String name, String value) {
        headers.set(name, value);
        return this;
    }

    @Override
    public HttpStatusCode statusCode() {
        return status;
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public MultiValueMap<String, ResponseCookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().putAll(headers);
        if (status == HttpStatus.NO_CONTENT || status == HttpStatus.NOT_MODIFIED) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }
}
