package io.sluice.edge.identity;

import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells who brings a bearer's word: an API key or an upload token of ours, which is told at once,
 * or somebody else's JSON Web Token, for which keys may have to be fetched.
 */
public final class Authenticator {
    private static final int LONGEST = 8192;

    private final ApiKeys keys;
    private final UploadTokens tokens;
    private final @Nullable JwtIssuer issuer;

    /**
     * Believes in our keys and tokens, and in the settings' issuer.
     *
     * @throws IOException if the issuer's key file can't be read
     */
    public Authenticator(
            ApiKeys keys, UploadTokens tokens, IdentityProperties properties, InstantSource clock)
            throws IOException {
        this.keys = keys;
        this.tokens = tokens;
        this.issuer = properties.jwt().isOn() ? new JwtIssuer(properties.jwt(), clock) : null;
    }

    /** Who it is. Never waits. */
    public Authentication authenticate(String bearer) {
        if (bearer.length() <= LONGEST) {
            if (bearer.startsWith(UploadTokens.PREFIX)) {
                return tokens.authenticate(bearer)
                        .<Authentication>map(Authentication.Known::new)
                        .orElseGet(() ->
                                new Authentication.Refused("the token is invalid or expired"));
            }
            JwtIssuer believed = issuer;
            if (believed != null && isJwt(bearer)) {
                return new Authentication.Later(() -> believed.authenticate(bearer));
            }
        }
        return keys.authenticate(bearer)
                .<Authentication>map(Authentication.Known::new)
                .orElseGet(() -> new Authentication.Refused("the API key is unknown or expired"));
    }

    /** JSON begins with a brace, in base64 with ey. */
    private static boolean isJwt(String bearer) {
        return bearer.startsWith("ey") && bearer.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Whether who began a long request may still end it: an API key may have been revoked
     * meanwhile.
     */
    public boolean isStillGood(Identity who) {
        return !who.credential().startsWith("key:") || keys.isAlive(who.credential());
    }
}
