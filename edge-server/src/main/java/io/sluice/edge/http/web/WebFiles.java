package io.sluice.edge.http.web;

import io.sluice.edge.http.content.EntityTags;
import io.sluice.edge.http.problem.Problem;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Static files by their names. They can be had without a key, so nothing in them is secret;
 * browsers ask each time whether they have changed, but not for those whose names have a version.
 */
public final class WebFiles {
    /**
     * What a page may do: use what this server has, and pictures made of what it has fetched.
     * Nothing inline, nothing of other hosts, no text made into markup or code, and no place in
     * anybody's frame.
     */
    private static final String PAGE_POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' blob:",
                    "connect-src 'self'",
                    "base-uri 'none'",
                    "form-action 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'");

    private static final Pattern GZIP =
            Pattern.compile(
                    "(?:^|,)\\s*(?:gzip|\\*)\\s*(?:;\\s*q=(?:1|0\\.0*[1-9])[^,]*)?\\s*(?:,|$)");

    private final Map<String, WebFile> files;

    private WebFiles(Map<String, WebFile> files) {
        this.files = files;
    }

    /**
     * Reads files that lie beside this class.
     *
     * @throws java.io.UncheckedIOException if one was not packed
     */
    public static WebFiles read(String... names) {
        return new WebFiles(
                Arrays.stream(names).collect(Collectors.toUnmodifiableMap(n -> n, WebFile::read)));
    }

    /**
     * Answers with the file of that name, or that the client has it.
     *
     * @throws io.sluice.edge.http.problem.Refusal 404
     */
    public ServerResponse answer(String name, ServerRequest request) {
        WebFile file =
                Optional.ofNullable(files.get(name))
                        .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such file"));
        HttpHeaders headers = request.headers().asHttpHeaders();
        boolean isCompressed =
                GZIP.matcher(String.join(",", headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING)))
                        .find();
        String etag = isCompressed ? file.etag().replaceFirst("\"$", "-gzip\"") : file.etag();
        WebAnswer answer =
                EntityTags.matchWeakly(headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH), etag)
                        ? new WebAnswer(HttpStatus.NOT_MODIFIED, new byte[0])
                        : whole(file, isCompressed);
        if (file.isPage()) {
            // Also with 304: the client replaces the fields that it has kept by these.
            answer.with("Content-Security-Policy", PAGE_POLICY)
                    .with("Cross-Origin-Opener-Policy", "same-origin");
        }
        return answer.with(HttpHeaders.ETAG, etag)
                .with(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .with(
                        HttpHeaders.CACHE_CONTROL,
                        file.isForEver() ? "public, max-age=31536000, immutable" : "no-cache");
    }

    private static WebAnswer whole(WebFile file, boolean isCompressed) {
        WebAnswer answer =
                new WebAnswer(HttpStatus.OK, isCompressed ? file.compressed() : file.plain())
                        .with(HttpHeaders.CONTENT_TYPE, file.contentType());
        if (isCompressed) {
            answer.with(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer;
    }
}
