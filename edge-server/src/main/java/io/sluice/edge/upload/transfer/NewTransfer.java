package io.sluice.edge.upload.transfer;

import io.sluice.edge.upload.NewUpload;
import io.sluice.model.UploadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload that will come in several requests.
 *
 * @param upload what it becomes; its Idempotency-Key means nothing here
 * @param length in bytes; null if the client will tell later
 * @param metadata the client's own words, given back as they came
 * @param concat the same of what it is made of
 * @param parts of a {@link Role#FINAL} one, in their order; the same one may come twice
 */
public record NewTransfer(
        NewUpload upload,
        Protocol protocol,
        Role role,
        @Nullable Long length,
        @Nullable String metadata,
        @Nullable String concat,
        List<UploadId> parts) {

    public NewTransfer {
        parts = List.copyOf(parts);
    }
}
