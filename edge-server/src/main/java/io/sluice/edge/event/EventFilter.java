package io.sluice.edge.event;

import io.sluice.model.UploadId;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody may see.
 *
 * @param tenant null for all
 * @param upload null for all
 */
public record EventFilter(@Nullable String tenant, @Nullable UploadId upload) {

    boolean lets(Event event) {
        return (tenant == null || tenant.equals(event.tenant()))
                && (upload == null || upload.equals(event.upload()));
    }
}
