package io.sluice.edge.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a signed upload token allows its holder.
 *
 * @param id of the token
 * @param maxSize of one upload, in bytes
 * @param types media types that may be sent, {@code image/*} for all of a kind; empty for what the
 *     profile allows
 * @param profile that its uploads are processed by; null for the client's choice
 * @param metadata a JSON object, as text, whose members win over the client's
 * @param expires when it ends
 * @param uses how many uploads it may make
 */
public record Grant(
        String id,
        long maxSize,
        List<String> types,
        @Nullable String profile,
        String metadata,
        Instant expires,
        int uses) {

    public Grant {
        types = List.copyOf(types);
    }
}
