package io.sluice.edge.upload;

import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import org.jspecify.annotations.Nullable;

/**
 * Which uploads to list, newest first.
 *
 * @param state null for all that are not deleted
 * @param profile null for all
 * @param before the id to go on behind; null for the newest
 * @param limit at most so many
 */
public record UploadQuery(
        @Nullable UploadState state,
        @Nullable String profile,
        @Nullable UploadId before,
        int limit) {}
