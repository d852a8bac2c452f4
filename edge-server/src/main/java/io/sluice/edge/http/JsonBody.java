package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads small JSON requests, strictly: a misspelt member is an error, as in the settings. */
final class JsonBody {
    private static final int LONGEST = 64 * 1024;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonBody() {}

    /** The request's body; fails with 400, 413 or 415. */
    static <T> Mono<T> read(ServerRequest request, Class<T> type) {
        MediaType contentType = request.headers().contentType().orElse(null);
        if (!MediaType.APPLICATION_JSON.equalsTypeAndSubtype(contentType)) {
            throw Problem.UNSUPPORTED_TYPE.because("the body must be application/json");
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LONGEST)
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ ->
                                Problem.TOO_LARGE.because(
                                        "the body has at most %d bytes".formatted(LONGEST)))
                .map(buffer -> parse(buffer, type))
                .switchIfEmpty(Mono.error(() -> Problem.MALFORMED.because("there is no body")));
    }

    private static <T> T parse(DataBuffer buffer, Class<T> type) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        try {
            T value = MAPPER.readValue(bytes, type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            throw Problem.MALFORMED.because("the body is malformed: " + e.getOriginalMessage());
        }
        throw Problem.MALFORMED.because("the body must be an object");
    }
}
