package io.sluice.edge.http.header;

import io.sluice.edge.http.problem.Problem;
import org.springframework.http.HttpHeaders;

/** A body that is bytes of an upload, by a protocol that has a media type of its own for them. */
public final class ByteBody {
    private ByteBody() {}

    /**
     * Refuses bytes of another type with 415.
     *
     * @param type the only one
     * @param accept the field that tells it to the client
     * @throws io.sluice.edge.http.problem.Refusal if they are, or if they are coded
     */
    public static void requireType(HttpHeaders headers, String type, String accept) {
        String told = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        String bare = told == null ? "" : told.split(";", 2)[0];
        if (!bare.strip().equalsIgnoreCase(type)) {
            throw Problem.UNSUPPORTED_TYPE.because("bytes must come as " + type).with(accept, type);
        }
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw Problem.UNSUPPORTED_TYPE.because("bytes are taken without Content-Encoding");
        }
    }
}
