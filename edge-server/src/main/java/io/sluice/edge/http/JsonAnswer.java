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
record JsonAnswer(HttpStatusCode statusCode, HttpHeaders headers, byte[] body)
        implements ServerResponse {

    static JsonAnswer of(HttpStatus status, Object view) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setCacheControl("private, no-cache");
        return new JsonAnswer(status, headers, Json.bytes(view));
    }

    static JsonAnswer empty(HttpStatus status) {
        return new JsonAnswer(status, new HttpHeaders(), new byte[0]);
    }

    JsonAnswer with(String name, String value) {
        headers.set(name, value);
        return this;
    }

    @Override
    public MultiValueMap<String, ResponseCookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(statusCode);
        response.getHeaders().putAll(headers);
        if (statusCode.value() == 204 || statusCode.value() == 304) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }
}
