package io.sluice.edge.identity;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload token to be issued; see {@link Grant}.
 *
 * @param maxSize in bytes
 * @param metadata a JSON object, as text
 */
public record TokenRequest(
        long maxSize,
        List<String> types,
        @Nullable String profile,
        String metadata,
        Duration expiresIn,
        int uses) {
    public TokenRequest {
        types = List.copyOf(types);
    }
}
