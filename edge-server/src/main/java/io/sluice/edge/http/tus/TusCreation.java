package io.sluice.edge.http.tus;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.upload.transfer.Chunk;
import io.sluice.edge.upload.transfer.Role;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a POST says of the upload that it creates.
 *
 * @param length null if it is told later, or follows from the parts
 * @param body the first bytes; null if it brings none
 */
public record TusCreation(
        @Nullable Long length, TusMetadata metadata, TusConcat concat, @Nullable Chunk body) {

    /**
     * Reads the header.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 or 415
     */
    public static TusCreation of(HttpHeaders headers) {
        OptionalLong length = TusFields.number(headers, Tus.LENGTH);
        boolean isDeferred = TusFields.isLengthDeferred(headers);
        TusConcat concat = TusConcat.of(headers);
        boolean isFinal = concat.role() == Role.FINAL;
        if (isFinal && (length.isPresent() || isDeferred)) {
            throw Problem.MALFORMED.because("a final upload is as long as its parts");
        }
        if (!isFinal && length.isPresent() == isDeferred) {
            throw Problem.MALFORMED.because("send Upload-Length, or Upload-Defer-Length: 1");
        }
        TusMetadata metadata = TusMetadata.of(headers);
        Chunk body = TusFields.bodyLength(headers) == 0 ? null : body(headers, isFinal);
        return new TusCreation(
                length.isPresent() ? length.getAsLong() : null, metadata, concat, body);
    }

    private static Chunk body(HttpHeaders headers, boolean isFinal) {
        if (isFinal) {
            throw Problem.MALFORMED.because("a final upload takes no bytes of its own");
        }
        TusFields.requireBytes(headers, "Accept-Post");
        return chunk(headers, 0, null);
    }

    /**
     * What a request brings.
     *
     * @param length of the whole upload, if it is told now
     */
    public static Chunk chunk(HttpHeaders headers, long offset, @Nullable Long length) {
        return new Chunk(
                offset,
                length,
                TusFields.bodyLength(headers),
                false,
                TusFields.checksum(headers).orElse(null),
                TusFields.isChecksumBehind(headers));
    }
}
