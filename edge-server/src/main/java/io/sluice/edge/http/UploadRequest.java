package io.sluice.edge.http;

import io.sluice.edge.http.header.Disposition;
import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.header.Preference;
import io.sluice.edge.http.ietf.IetfCreation;
import io.sluice.edge.http.intake.RawRequest;
import io.sluice.edge.http.problem.Problem;
import io.sluice.model.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The header of a request to upload, read and checked before a byte of its body is.
 *
 * @param type the Content-Type; null if there is none
 * @param length the Content-Length; empty for a chunked body
 * @param digests of the body
 * @param filename cleaned
 * @param profile of the query
 * @param waitFor how long the client would wait for the end
 * @param trace the client's, or one that begins here
 */
record UploadRequest(
        @Nullable MediaType type,
        OptionalLong length,
        ExpectedDigests digests,
        Optional<String> filename,
        Optional<String> profile,
        Optional<String> idempotencyKey,
        Optional<Duration> waitFor,
        TraceParent trace) {
    private static final int LONGEST_KEY = 255;

    /**
     * Reads the header.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400, 411 or 415
     */
    static UploadRequest of(ServerRequest request, Duration longestWait) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        Api.requireJsonAccepted(request);
        UploadRequest read =
                new UploadRequest(
                        type(headers),
                        length(headers),
                        ExpectedDigests.parse(headers.getOrEmpty("Repr-Digest"))
                                .and(ExpectedDigests.parse(headers.getOrEmpty("Content-Digest"))),
                        Optional.ofNullable(headers.getFirst(HttpHeaders.CONTENT_DISPOSITION))
                                .map(Disposition::parse)
                                .flatMap(Disposition::filename),
                        request.queryParam("profile"),
                        idempotencyKey(headers),
                        Preference.wait(headers.getOrEmpty("Prefer"), longestWait),
                        TraceParent.continued(headers.getFirst("traceparent")));
        read.requireSense(headers);
        return read;
    }

    private static @Nullable MediaType type(HttpHeaders headers) {
        String text = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (text == null) {
            return null;
        }
        try {
            MediaType type = MediaType.parseMediaType(text);
            if (type.isWildcardType() || type.isWildcardSubtype()) {
                throw unsupported("Content-Type must not be a range");
            }
            if (type.getType().equals("multipart") && !isForm(type)) {
                throw unsupported("of multipart types only multipart/form-data is supported");
            }
            return type;
        } catch (InvalidMediaTypeException e) {
            throw unsupported("Content-Type is malformed");
        }
    }

    private static RuntimeException unsupported(String detail) {
        return Problem.UNSUPPORTED_TYPE
                .because(detail)
                .with("Accept-Post", "*/*, multipart/form-data");
    }

    private static OptionalLong length(HttpHeaders headers) {
        List<String> codings = headers.getOrEmpty(HttpHeaders.TRANSFER_ENCODING);
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                throw Problem.MALFORMED.because("the only transfer coding is chunked");
            }
            return OptionalLong.empty();
        }
        long length = headers.getContentLength();
        if (length < 0 && IetfCreation.completeness(headers).isPresent()) {
            // It may begin an upload without bytes.
            return OptionalLong.empty();
        }
        if (length < 0) {
            throw Problem.LENGTH_REQUIRED.because("send Content-Length, or a chunked body");
        }
        return OptionalLong.of(length);
    }

    static Optional<String> idempotencyKey(HttpHeaders headers) {
        List<String> keys = headers.getOrEmpty("Idempotency-Key");
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String key = keys.getFirst();
        if (keys.size() > 1
                || key.isEmpty()
                || key.length() > LONGEST_KEY
                || key.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw Problem.MALFORMED.because(
                    "Idempotency-Key must be 1 to 255 characters of printable ASCII");
        }
        return Optional.of(key);
    }

    private void requireSense(HttpHeaders headers) {
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw unsupported("bodies are taken without Content-Encoding");
        }
        if (headers.containsHeader(HttpHeaders.CONTENT_RANGE)) {
            throw Problem.MALFORMED.because("POST has no Content-Range");
        }
        if (isForm() && !digests.expected().isEmpty()) {
            throw Problem.MALFORMED.because("digests are checked of raw bodies only");
        }
    }

    private static boolean isForm(MediaType type) {
        return MediaType.MULTIPART_FORM_DATA.equalsTypeAndSubtype(type);
    }

    /** Whether the body is a form. */
    boolean isForm() {
        return type != null && isForm(type);
    }

    /** Whether it may come in several requests: only whole files do, and what is made only once. */
    boolean isResumable() {
        return !isForm() && idempotencyKey.isEmpty();
    }

    /**
     * The form's boundary.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 if there is none
     */
    String boundary() {
        String boundary = type == null ? null : type.getParameter("boundary");
        if (boundary == null) {
            throw Problem.MALFORMED.because("multipart/form-data needs a boundary");
        }
        return boundary.length() > 1 && boundary.startsWith("\"") && boundary.endsWith("\"")
                ? boundary.substring(1, boundary.length() - 1)
                : boundary;
    }

    /** The body as one file. */
    RawRequest raw() {
        return new RawRequest(
                digests, filename.orElse(null), type == null ? null : type.toString());
    }
}
