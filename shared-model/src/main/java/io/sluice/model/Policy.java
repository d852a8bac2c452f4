package io.sluice.model;

import java.util.List;

/**
 * What a profile lets through.
 *
 * @param profile its name
 * @param allowedTypes media types by content; {@code image/*} stands for all of a kind
 * @param maxPixels width × height × frames
 */
public record Policy(String profile, List<String> allowedTypes, long maxPixels) {

    public Policy {
        allowedTypes = List.copyOf(allowedTypes);
    }

    /** Whether the media type is on the list. */
    public boolean allows(String contentType) {
        return allowedTypes.stream()
                .anyMatch(allowed ->
                        allowed.endsWith("/*")
                                ? contentType.startsWith(allowed.substring(0, allowed.length() - 1))
                                : allowed.equals(contentType));
    }
}
