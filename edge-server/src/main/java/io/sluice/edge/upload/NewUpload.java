package io.sluice.edge.upload;

import io.sluice.model.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the bytes it sends.
 *
 * @param actor named in the audit
 * @param profile the name of the profile to process it by
 * @param metadata a JSON object, as text
 * @param idempotencyKey names the request among the tenant's, so that repeating it makes no second
 *     upload
 * @param trace of the request, which its job carries on
 */
public record NewUpload(
        String tenant,
        String actor,
        String profile,
        @Nullable String filename,
        @Nullable String declaredType,
        String metadata,
        @Nullable String idempotencyKey,
        TraceParent trace) {

    /** An upload that begins a trace of its own. */
    public NewUpload(
            String tenant,
            String actor,
            String profile,
            @Nullable String filename,
            @Nullable String declaredType,
            String metadata,
            @Nullable String idempotencyKey) {
        this(
                tenant,
                actor,
                profile,
                filename,
                declaredType,
                metadata,
                idempotencyKey,
                TraceParent.next());
    }
}
