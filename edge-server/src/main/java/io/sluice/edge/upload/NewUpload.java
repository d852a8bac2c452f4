package io.sluice.edge.upload;

import io.sluice.edge.identity.Grant;
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
 * @param grant of the upload token that was brought; null for whoever has an account
 */
public record NewUpload(
        String tenant,
        String actor,
        String profile,
        @Nullable String filename,
        @Nullable String declaredType,
        String metadata,
        @Nullable String idempotencyKey,
        TraceParent trace,
        @Nullable Grant grant) {

    /** An upload by somebody with an account that begins a trace of its own. */
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
                TraceParent.next(),
                null);
    }

    /** Narrower types than the profile's, parted by blanks; null for the profile's own. */
    @Nullable String allowedTypes() {
        return grant == null || grant.types().isEmpty() ? null : String.join(" ", grant.types());
    }
}
