package io.sluice.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /openapi.json}: the API's description, for anybody. It is written by hand, and a test
 * holds it against what is really there.
 */
final class OpenApiResource {
    private final byte[] document;

    /**
     * Reads the document.
     *
     * @throws IOException if it was not packed
     */
    OpenApiResource() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(OpenApiResource.class.getResourceAsStream("openapi.json"))) {
            document = file.readAllBytes();
        }
    }

    RouterFunction<ServerResponse> route() {
        return OpenResource.route(
                Api.BASE + "/openapi.json", _ -> JsonAnswer.ofDocument(HttpStatus.OK, document));
    }
}
