package io.sluice.edge.upload;

import io.sluice.model.ImageFacts;
import io.sluice.model.Rendition;
import io.sluice.model.ScanReport;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One upload as the state knows it.
 *
 * @param filename as the client gave it, cleaned; metadata only, never a path
 * @param declaredType the client's Content-Type
 * @param contentType by content; null until checked
 * @param bytes how far they have come
 * @param metadata the client's JSON object, as text
 * @param attempts how often a processor has had it
 * @param image null until checked, and for what is no picture
 * @param problem why it ended otherwise than ready
 * @param version grows with each change; the ETag
 */
public record Upload(
        UploadId id,
        String tenant,
        UploadState state,
        @Nullable String filename,
        @Nullable String declaredType,
        @Nullable String contentType,
        Bytes bytes,
        String profile,
        String metadata,
        Instant createdAt,
        Instant updatedAt,
        int attempts,
        @Nullable ScanReport scan,
        @Nullable ImageFacts image,
        List<Rendition> renditions,
        @Nullable UploadProblem problem,
        long version) {

    public Upload {
        renditions = List.copyOf(renditions);
    }

    /**
     * How far an upload's bytes have come.
     *
     * @param received of them are on the disk
     * @param size of all of them; null while nobody knows
     * @param sha256 of all of them; null until they are there
     */
    public record Bytes(long received, @Nullable Long size, @Nullable Sha256 sha256) {}

    /**
     * In bytes.
     *
     * @throws IllegalStateException while the upload is receiving: look at {@link #bytes} then
     */
    public long size() {
        if (bytes.size() == null) {
            throw new IllegalStateException("upload " + id + " is not whole yet");
        }
        return bytes.size();
    }

    /**
     * The digest of all bytes.
     *
     * @throws IllegalStateException while the upload is receiving: look at {@link #bytes} then
     */
    public Sha256 sha256() {
        if (bytes.sha256() == null) {
            throw new IllegalStateException("upload " + id + " is not whole yet");
        }
        return bytes.sha256();
    }
}
