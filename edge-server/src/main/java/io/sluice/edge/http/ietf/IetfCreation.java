package io.sluice.edge.http.ietf;

import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.structured.StructuredFields;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.Chunk;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a request says that begins an upload.
 *
 * @param body the first bytes, and whether they are all
 */
public record IetfCreation(InteropVersion version, Chunk body, Wishes wishes) {

    /** Whether a request wants to begin one: the field is there, and is no nonsense. */
    public static Optional<Boolean> completeness(HttpHeaders headers) {
        return StructuredFields.bool(headers.getOrEmpty(Ietf.COMPLETE));
    }

    /**
     * Reads the header.
     *
     * @param isLast what its Upload-Complete says
     * @throws io.sluice.edge.http.problem.Refusal 400 if the lengths are inconsistent, or a digest
     *     malformed
     */
    public static IetfCreation of(HttpHeaders headers, boolean isLast) {
        Wishes wishes = Wishes.of(headers);
        long size = bodyLength(headers);
        Chunk body =
                new Chunk(
                        0,
                        length(headers, 0, size, isLast),
                        size,
                        isLast,
                        contentDigest(headers).orElse(null),
                        false);
        return new IetfCreation(InteropVersion.of(headers), body.proving(wishes.ofWhole()), wishes);
    }

    /** The length of the whole upload; null if it is not told yet. */
    public @Nullable Long length() {
        return body.length();
    }

    /** Whether it may have a body, or ends the upload without one. */
    public boolean isToAppend() {
        return body.isLast() || body.size() != 0;
    }

    /** The length of the body; negative if it is not told. */
    static long bodyLength(HttpHeaders headers) {
        return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                ? -1
                : headers.getContentLength();
    }

    /** Both ways to tell the length of the whole upload (section 4.1.3). */
    static @Nullable Long length(HttpHeaders headers, long offset, long size, boolean isLast) {
        OptionalLong told = StructuredFields.count(headers.getOrEmpty(Ietf.LENGTH));
        boolean isImplied = isLast && size >= 0;
        long implied = offset + size;
        if (told.isPresent()
                && (isImplied ? told.getAsLong() != implied : told.getAsLong() < implied)) {
            throw Problem.INCONSISTENT_UPLOAD_LENGTH.because(
                    "Upload-Length is %d, but %d bytes %s"
                            .formatted(
                                    told.getAsLong(),
                                    implied,
                                    isImplied ? "are all" : "are there with this request"));
        }
        if (told.isPresent()) {
            return told.getAsLong();
        }
        return isImplied ? implied : null;
    }

    static Optional<Checksum> contentDigest(HttpHeaders headers) {
        return ExpectedDigests.parse(headers.getOrEmpty("Content-Digest")).checksums().stream()
                .reduce((_, stronger) -> stronger);
    }
}
