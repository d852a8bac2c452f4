package io.sluice.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IdentityPropertiesTest {
    private static final String PREFIX = "sluice.identity.";

    private static IdentityProperties bind(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((key, value) -> prefixed.put(PREFIX + key, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate(
                        "sluice.identity",
                        Bindable.of(IdentityProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, _ -> true));
    }

    @Test
    void believeNobodyElseByDefault() {
        IdentityProperties identity = bind(Map.of());
        assertThat(identity.jwt().isOn()).isFalse();
        assertThat(identity.jwt())
                .isEqualTo(
                        new JwtProperties(
                                "",
                                null,
                                null,
                                "",
                                "tenant",
                                "scope",
                                Set.of(JwtAlgorithm.RS256, JwtAlgorithm.ES256),
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(5)));
        assertThat(identity.tokens())
                .isEqualTo(new IdentityProperties.Tokens(Duration.ofDays(7), 10_000));
    }

    @Test
    void haveKeysForAll() {
        IdentityProperties identity =
                bind(
                        Map.of(
                                "jwt.issuer", "i",
                                "jwt.jwks-uri", "https://i.example/keys",
                                "jwt.audience", "a",
                                "jwt.tenant-claim", "t",
                                "jwt.scope-claim", "s",
                                "jwt.algorithms", "PS512, ES384",
                                "jwt.clock-skew", "0s",
                                "jwt.keys-for", "30s",
                                "tokens.max-age", "1h",
                                "tokens.max-uses", "5"));
        assertThat(identity.jwt())
                .isEqualTo(
                        new JwtProperties(
                                "i",
                                URI.create("https://i.example/keys"),
                                null,
                                "a",
                                "t",
                                "s",
                                Set.of(JwtAlgorithm.PS512, JwtAlgorithm.ES384),
                                Duration.ZERO,
                                Duration.ofSeconds(30)));
        assertThat(identity.tokens())
                .isEqualTo(new IdentityProperties.Tokens(Duration.ofHours(1), 5));
        assertThat(
                        bind(Map.of(
                                        "jwt.issuer", "i",
                                        "jwt.public-key", "key.pem",
                                        "jwt.audience", "a"))
                                .jwt()
                                .publicKey())
                .isEqualTo(Path.of("key.pem"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audience=",
                "jwks-uri=",
                "public-key=key.pem",
                "jwks-uri=http://elsewhere.example/keys",
                "jwks-uri=file:///etc/passwd",
                "algorithms=none",
                "algorithms=HS256",
                "clock-skew=-1s",
                "clock-skew=1h",
                "keys-for=1s",
                "keys-for=2d",
                "misspelt=1"
            })
    void refuseAnIssuerThatIsNotSafeToBelieve(String setting) {
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "jwt.issuer", "i",
                                "jwt.jwks-uri", "https://i.example/keys",
                                "jwt.audience", "a"));
        String[] parts = setting.split("=", 2);
        settings.put("jwt." + parts[0], parts[1]);
        assertThatThrownBy(() -> bind(settings)).isInstanceOf(BindException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=0s", "max-age=400d", "max-uses=0", "max-uses=1000001"})
    void refuseTokenLimitsThatMakeNoSense(String setting) {
        String[] parts = setting.split("=", 2);
        assertThatThrownBy(() -> bind(Map.of("tokens." + parts[0], parts[1])))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining(parts[0]);
    }
}
