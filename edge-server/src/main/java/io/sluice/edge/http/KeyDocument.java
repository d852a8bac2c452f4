package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.KeyRequest;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.identity.TenantName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that a client asks for.
 *
 * @param tenant the client's own if it is missing
 * @param expiresIn seconds; or {@code expiresAt}; a key with neither never expires
 */
record KeyDocument(
        @Nullable String name,
        @Nullable String tenant,
        @Nullable List<String> scopes,
        @Nullable Long expiresIn,
        @Nullable Instant expiresAt) {
    private static final int LONGEST_NAME = 64;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * What it asks for.
     *
     * @throws Refusal 400 if it makes no sense, 403 if it is for a tenant that isn't the client's
     */
    KeyRequest request(Identity who, InstantSource clock) {
        if (name == null
                || name.isBlank()
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw malformed("name must be 1 to 64 characters");
        }
        String owner = Objects.requireNonNullElse(tenant, who.tenant());
        if (!TenantName.isValid(owner)) {
            throw malformed("tenant must be up to 63 of a-z, 0-9, _ and -");
        }
        if (!who.sees(owner)) {
            throw Problem.FORBIDDEN.because("only admins of the default tenant make others' keys");
        }
        return new KeyRequest(name, owner, wanted(), expires(clock.instant()));
    }

    private Set<Scope> wanted() {
        if (scopes == null || scopes.isEmpty()) {
            throw malformed("scopes must name at least one of upload, read and admin");
        }
        try {
            return scopes.stream().map(Scope::ofWord).collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Instant expires(Instant now) {
        if (expiresIn != null && expiresAt != null) {
            throw malformed("give expiresIn or expiresAt, not both");
        }
        if (expiresIn != null && (expiresIn < 1 || expiresIn > LONGEST.toSeconds())) {
            throw malformed("expiresIn must be 1 to %d seconds".formatted(LONGEST.toSeconds()));
        }
        if (expiresAt != null
                && (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST)))) {
            throw malformed("expiresAt must be in the next hundred years");
        }
        return expiresIn == null ? expiresAt : now.plusSeconds(expiresIn);
    }

    private static Refusal malformed(String detail) {
        return Problem.MALFORMED.because(detail);
    }
}
