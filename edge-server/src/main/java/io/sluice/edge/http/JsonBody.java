package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A small JSON document that a client sends about something else than a file. */
final class JsonBody {
    private static final int LARGEST = 32 * 1024;
    private static final int DEEPEST = 32;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private JsonBody() {}

    /**
     * Reads the body. A member that is not the type's is refused, so that a misspelt limit is not
     * taken for none.
     *
     * @return fails with a refusal: 400, 413 or 415
     */
    static <T> Mono<T> read(ServerRequest request, Class<T> type) {
        if (!isJson(request)) {
            throw Problem.UNSUPPORTED_TYPE
                    .because("send application/json")
                    .with("Accept-Post", MediaType.APPLICATION_JSON_VALUE);
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LARGEST)
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> Problem.TOO_LARGE.because("send at most %d bytes".formatted(LARGEST)))
                .map(buffer -> parse(buffer, type))
                .switchIfEmpty(
                        Mono.error(() -> Problem.MALFORMED.because("a JSON object is missing")));
    }

    private static boolean isJson(ServerRequest request) {
        try {
            return request.headers()
                    .contentType()
                    .filter(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON))
                    .isPresent();
        } catch (InvalidMediaTypeException e) {
            // What is no type is not the right one, either.
            return false;
        }
    }

    private static <T> T parse(DataBuffer buffer, Class<T> type) {
        byte[] json = new byte[buffer.readableByteCount()];
        buffer.read(json);
        DataBufferUtils.release(buffer);
        try {
            T document = MAPPER.readValue(json, type);
            if (document != null) {
                return document;
            }
        } catch (JacksonException e) {
            throw Problem.MALFORMED.because("the JSON is unusable: " + e.getOriginalMessage());
        }
        throw Problem.MALFORMED.because("a JSON object is missing");
    }
}
