package io.sluice.edge.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The issuer whose JSON Web Tokens (RFC 7519) are believed; nobody's if {@code issuer} is empty.
 *
 * @param issuer the {@code iss} that a token must have
 * @param jwksUri where its keys are (RFC 7517); https, or http to this host
 * @param publicKey its one key, as a PEM file, in the place of {@code jwksUri}
 * @param audience the {@code aud} that a token must have
 * @param tenantClaim the claim that names the tenant
 * @param scopeClaim the claim with the scopes, a text parted by blanks or a list
 * @param algorithms that may have signed; only ones with public keys
 * @param clockSkew how far the issuer's clock may be off
 * @param keysFor how long fetched keys are believed; an unknown key's id has them fetched earlier
 */
public record JwtProperties(
        @DefaultValue("") String issuer,
        @Nullable URI jwksUri,
        @Nullable Path publicKey,
        @DefaultValue("") String audience,
        @DefaultValue("tenant") String tenantClaim,
        @DefaultValue("scope") String scopeClaim,
        @DefaultValue({"RS256", "ES256"}) Set<JwtAlgorithm> algorithms,
        @DefaultValue("60s") Duration clockSkew,
        @DefaultValue("5m") Duration keysFor) {
    private static final String KEY = "sluice.identity.jwt.";

    public JwtProperties {
        algorithms = Set.copyOf(algorithms);
        if (!issuer.isEmpty()) {
            Assert.isTrue(
                    (jwksUri == null) != (publicKey == null),
                    KEY + "issuer is given: give jwks-uri or public-key too, one of them");
            Assert.isTrue(
                    !audience.isEmpty(),
                    KEY
                            + "audience is empty: give the name that the issuer has for Sluice, or tokens for other services would be taken");
            Assert.isTrue(!algorithms.isEmpty(), KEY + "algorithms is empty: give RS256 or others");
        }
        Assert.isTrue(
                jwksUri == null || isSafe(jwksUri),
                () -> KEY + "jwks-uri is " + jwksUri + ": give an https URL");
        Assert.isTrue(
                !clockSkew.isNegative() && clockSkew.toMinutes() <= 10,
                () -> KEY + "clock-skew is " + clockSkew + ": give 0s to 10m");
        Assert.isTrue(
                keysFor.toSeconds() >= 30 && keysFor.toHours() <= 24,
                () -> KEY + "keys-for is " + keysFor + ": give 30s to 24h");
    }

    private static boolean isSafe(URI uri) {
        String host = uri.getHost();
        return host != null
                && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme())
                                && (host.equals("localhost")
                                        || host.equals("127.0.0.1")
                                        || host.equals("[::1]"))));
    }

    boolean isOn() {
        return !issuer.isEmpty();
    }
}
