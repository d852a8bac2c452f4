package io.sluice.edge.upload;

import org.jspecify.annotations.Nullable;

/**
 * What a client says of the bytes it sends.
 *
 * @param actor named in the audit
 * @param profile the name of the profile to process it by
 * @param metadata a JSON object, as text
 * @param idempotencyKey names the request among the tenant's, so that repeating it makes no second
 *     upload
 */
public record NewUpload(
        String tenant,
        String actor,
        String profile,
        @Nullable String filename,
        @Nullable String declaredType,
        String metadata,
        @Nullable String idempotencyKey) {}
