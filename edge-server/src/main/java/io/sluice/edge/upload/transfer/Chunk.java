package io.sluice.edge.upload.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of the bytes it brings.
 *
 * @param offset where they belong
 * @param length of the whole upload, if it is told now; null if not
 * @param size of its body; negative if it is not told
 * @param isLast whether the upload ends with them, once all of them have come
 * @param checksum of its body; null if it has none, or if it comes behind the body
 * @param isProofDue whether the bytes count only once a checksum behind them has been compared
 * @param most that who sends them may make the whole upload have, in bytes
 * @param ofWhole what the whole upload must have when it ends with these bytes
 */
public record Chunk(
        long offset,
        @Nullable Long length,
        long size,
        boolean isLast,
        @Nullable Checksum checksum,
        boolean isProofDue,
        long most,
        List<Checksum> ofWhole) {

    public Chunk {
        ofWhole = List.copyOf(ofWhole);
    }

    /** From somebody who may send as much as anybody. */
    public Chunk(
            long offset,
            @Nullable Long length,
            long size,
            boolean isLast,
            @Nullable Checksum checksum,
            boolean isProofDue) {
        this(offset, length, size, isLast, checksum, isProofDue, Long.MAX_VALUE, List.of());
    }

    /** The same from somebody who may send so much at most. */
    public Chunk atMost(long bytes) {
        return new Chunk(offset, length, size, isLast, checksum, isProofDue, bytes, ofWhole);
    }

    /** The same of an upload that must have these checksums in the end. */
    public Chunk proving(List<Checksum> whole) {
        return new Chunk(offset, length, size, isLast, checksum, isProofDue, most, whole);
    }

    /** Whether the bytes count only once all of them have come and their checksum is right. */
    boolean mustProve() {
        return checksum != null || isProofDue;
    }
}
