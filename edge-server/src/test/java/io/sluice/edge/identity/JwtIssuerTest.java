package io.sluice.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtIssuerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;

    private ECKey key;

    @BeforeEach
    void makeKey() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    }

    private static JwtIssuer issuer(@Nullable URI keys, @Nullable Path file) throws IOException {
        return new JwtIssuer(
                new JwtProperties(
                        "i",
                        keys,
                        file,
                        "a",
                        "tenant",
                        "scope",
                        Set.of(JwtAlgorithm.ES256),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5)),
                InstantSource.fixed(NOW));
    }

    private String token(long secondsLeft) throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("any").build(),
                        new JWTClaimsSet.Builder()
                                .issuer("i")
                                .audience("a")
                                .subject("mia")
                                .claim("tenant", "acme")
                                .claim("scope", "read")
                                .expirationTime(Date.from(NOW.plusSeconds(secondsLeft)))
                                .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Nested
    class AKeyFile {
        private Path pem(String label, byte[] content) throws IOException {
            return Files.writeString(
                    directory.resolve("key.pem"),
                    "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                            .formatted(
                                    label, Base64.getMimeEncoder().encodeToString(content), label));
        }

        @Test
        void isBelievedWhateverTheTokenCallsItsKey() throws Exception {
            JwtIssuer issuer = issuer(null, pem("PUBLIC KEY", key.toPublicKey().getEncoded()));
            assertThat(issuer.authenticate(token(1)))
                    .isInstanceOfSatisfying(
                            Authentication.Known.class,
                            known -> {
                                assertThat(known.identity().tenant()).isEqualTo("acme");
                                assertThat(known.identity().scopes()).containsExactly(Scope.READ);
                            });
        }

        @Test
        void measuresByTheClockWithItsSkew() throws Exception {
            JwtIssuer issuer = issuer(null, pem("PUBLIC KEY", key.toPublicKey().getEncoded()));
            assertThat(issuer.authenticate(token(-59))).isInstanceOf(Authentication.Known.class);
            assertThat(issuer.authenticate(token(-61))).isInstanceOf(Authentication.Refused.class);
        }

        @Test
        void mustHaveAKey() throws Exception {
            Path file = Files.writeString(directory.resolve("key.pem"), "no key");
            assertThatThrownBy(() -> issuer(null, file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("sluice.identity.jwt.public-key")
                    .hasMessageContaining("key.pem");
        }
    }

    @Nested
    class AnIssuerThatIsAway {
        @Test
        void isNoReasonToRefuseItsTokensForGood() throws Exception {
            int port;
            try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = closed.getLocalPort();
            }
            JwtIssuer issuer = issuer(URI.create("http://127.0.0.1:" + port + "/keys"), null);
            for (int i = 0; i < 4; i++) {
                assertThat(issuer.authenticate(token(1)))
                        .isInstanceOf(Authentication.Unavailable.class);
            }
        }
    }
}
