package io.sluice.edge.upload;

import io.sluice.model.UploadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of uploads, newest first.
 *
 * @param next the query's {@code before} of the next page; null on the last
 */
public record UploadPage(List<Upload> uploads, @Nullable UploadId next) {

    public UploadPage {
        uploads = List.copyOf(uploads);
    }
}
