package io.sluice.edge.http.ietf;

import io.sluice.edge.http.header.ByteBody;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.structured.StructuredFields;
import io.sluice.edge.upload.transfer.Chunk;
import io.sluice.edge.upload.transfer.Transfer;
import org.springframework.http.HttpHeaders;

/** What a PATCH says that goes on with an upload. */
public record IetfAppend(InteropVersion version, Chunk body) {

    /**
     * Reads the header.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 or 415
     */
    public static IetfAppend of(HttpHeaders headers) {
        ByteBody.requireType(headers, Ietf.PARTIAL_UPLOAD, "Accept-Patch");
        InteropVersion version = InteropVersion.of(headers);
        long offset =
                StructuredFields.count(headers.getOrEmpty(Ietf.OFFSET))
                        .orElseThrow(() ->
                                Problem.MALFORMED.because(
                                        "PATCH needs Upload-Offset, a number of bytes"));
        boolean isLast = isLast(headers, version);
        long size = IetfCreation.bodyLength(headers);
        Chunk body =
                new Chunk(
                        offset,
                        IetfCreation.length(headers, offset, size, isLast),
                        size,
                        isLast,
                        IetfCreation.contentDigest(headers).orElse(null),
                        false);
        return new IetfAppend(version, body);
    }

    private static boolean isLast(HttpHeaders headers, InteropVersion version) {
        return IetfCreation.completeness(headers)
                .orElseGet(() -> {
                    if (version.assumesMore()) {
                        return false;
                    }
                    throw Problem.MALFORMED.because("PATCH needs Upload-Complete, ?0 or ?1");
                });
    }

    /**
     * What it brings to the upload, as it is now. To one that is complete it may bring nothing, so
     * that a client hears once more how that ended.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 if the upload is complete
     */
    public Chunk body(Transfer upload) {
        if (!upload.isReceiving() && body.offset() == upload.offset()) {
            requireRepetition();
        }
        return body.proving(Wishes.ofWords(upload.metadata()).ofWhole());
    }

    private void requireRepetition() {
        if (body.size() > 0 && version != InteropVersion.SIX) {
            throw Problem.INCONSISTENT_UPLOAD_LENGTH.because("the upload has all its bytes");
        }
        if (!body.isLast() || version.refusesRepetition()) {
            throw Problem.COMPLETED_UPLOAD.because("it takes no more requests");
        }
    }
}
