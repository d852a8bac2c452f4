package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.identity.IdentityProperties;
import io.sluice.edge.identity.TokenRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An upload token that a client asks for.
 *
 * @param maxSize bytes; the server's limit if it is missing
 * @param types media types; what the profile allows if they are missing
 * @param profile the token holder's choice if it is missing
 * @param expiresIn seconds; an hour if it is missing
 * @param uses uploads; one if it is missing
 * @param metadata a JSON object that each upload gets
 */
record TokenDocument(
        @Nullable Long maxSize,
        @Nullable List<String> types,
        @Nullable String profile,
        @Nullable Long expiresIn,
        @Nullable Integer uses,
        @Nullable JsonNode metadata) {
    private static final Pattern TYPE =
            Pattern.compile(
                    "[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/(\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,63})");
    private static final int MOST_TYPES = 32;
    private static final int LONGEST_METADATA = 2048;
    private static final Duration USUAL_AGE = Duration.ofHours(1);

    /**
     * What it asks for.
     *
     * @param largest the server's limit of an upload
     * @throws Refusal 400 if it makes no sense
     */
    TokenRequest request(long largest, Set<String> profiles, IdentityProperties.Tokens limits) {
        if (maxSize != null && (maxSize < 1 || maxSize > largest)) {
            throw malformed("maxSize must be 1 to %d bytes".formatted(largest));
        }
        if (profile != null && !profiles.contains(profile)) {
            throw Problem.UNKNOWN_PROFILE.because("the profiles are " + profiles);
        }
        if (uses != null && (uses < 1 || uses > limits.maxUses())) {
            throw malformed("uses must be 1 to %d".formatted(limits.maxUses()));
        }
        return new TokenRequest(
                Objects.requireNonNullElse(maxSize, largest),
                wantedTypes(),
                profile,
                wantedMetadata(),
                age(limits.maxAge()),
                Objects.requireNonNullElse(uses, 1));
    }

    private Duration age(Duration longest) {
        if (expiresIn == null) {
            return USUAL_AGE.compareTo(longest) < 0 ? USUAL_AGE : longest;
        }
        if (expiresIn < 1 || expiresIn > longest.toSeconds()) {
            throw malformed("expiresIn must be 1 to %d seconds".formatted(longest.toSeconds()));
        }
        return Duration.ofSeconds(expiresIn);
    }

    private List<String> wantedTypes() {
        if (types == null) {
            return List.of();
        }
        List<String> lower = types.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList();
        if (lower.isEmpty()
                || lower.size() > MOST_TYPES
                || !lower.stream().allMatch(type -> TYPE.matcher(type).matches())) {
            throw malformed("types must be 1 to 32 media types like image/png or image/*");
        }
        return lower;
    }

    private String wantedMetadata() {
        if (metadata == null || metadata.isNull()) {
            return "{}";
        }
        String text = metadata.toString();
        if (!metadata.isObject() || text.length() > LONGEST_METADATA) {
            throw Problem.BAD_METADATA.because(
                    "metadata must be an object of at most %d characters"
                            .formatted(LONGEST_METADATA));
        }
        return text;
    }

    private static Refusal malformed(String detail) {
        return Problem.MALFORMED.because(detail);
    }
}
