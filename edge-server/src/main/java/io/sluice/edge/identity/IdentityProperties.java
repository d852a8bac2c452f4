package io.sluice.edge.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Who is believed besides the holders of API keys.
 *
 * @param tokens limits of upload tokens
 */
@ConfigurationProperties(prefix = "sluice.identity", ignoreUnknownFields = false)
public record IdentityProperties(@DefaultValue JwtProperties jwt, @DefaultValue Tokens tokens) {

    /**
     * How much an upload token may be given.
     *
     * @param maxAge the longest time until it expires
     * @param maxUses the most uploads
     */
    public record Tokens(@DefaultValue("7d") Duration maxAge, @DefaultValue("10000") int maxUses) {
        public Tokens {
            Assert.isTrue(
                    maxAge.toSeconds() >= 1 && maxAge.toDays() <= 366,
                    () ->
                            "sluice.identity.tokens.max-age is %s: give 1s to 366d"
                                    .formatted(maxAge));
            Assert.isTrue(
                    maxUses >= 1 && maxUses <= 1_000_000,
                    () ->
                            "sluice.identity.tokens.max-uses is %d: give 1 to 1000000"
                                    .formatted(maxUses));
        }
    }
}
