package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.sluice.edge.http.Client.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtTest {
    private static final String ISSUER = "https://issuer.example";

    @TempDir static Path directory;
    private static final AtomicInteger FETCHES = new AtomicInteger();
    private static HttpServer issuer;
    private static RSAKey key;
    private static EdgeServer edge;

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext(
                "/keys",
                exchange -> {
                    FETCHES.incrementAndGet();
                    exchange.sendResponseHeaders(200, set.length);
                    exchange.getResponseBody().write(set);
                    exchange.close();
                });
        issuer.start();
        edge =
                EdgeServer.start(
                        directory,
                        "sluice.identity.jwt.issuer=" + ISSUER,
                        "sluice.identity.jwt.audience=sluice",
                        "sluice.identity.jwt.jwks-uri=http://127.0.0.1:%d/keys"
                                .formatted(issuer.getAddress().getPort()));
    }

    @AfterAll
    static void stop() {
        edge.close();
        issuer.stop(0);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("sluice")
                .subject("mia")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("tenant", "acme")
                .claim("scope", "openid upload read");
    }

    private static String sign(JWTClaimsSet.Builder claims) throws Exception {
        return sign(claims, JWSAlgorithm.RS256, new RSASSASigner(key));
    }

    private static String sign(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner by)
            throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm).keyID("one").build(), claims.build());
        token.sign(by);
        return token.serialize();
    }

    private static Answer list(String token) throws Exception {
        return edge.client().as(token).get("/api/v1/uploads");
    }

    @Nested
    class ATokenOfTheIssuer {
        @Test
        void actsForItsTenantWithItsScopes() throws Exception {
            Client mia = edge.client().as(sign(claims()));
            Answer made = mia.upload("a", "x".repeat(300_000));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().path("tenant").asString()).isEqualTo("acme");
            assertThat(mia.get(made.header("Location") + "/content").status()).isEqualTo(200);
            assertThat(mia.get(Accounts.KEYS).code()).isEqualTo("forbidden");
        }

        @Test
        void mayListItsScopes() throws Exception {
            assertThat(list(sign(claims().claim("scope", List.of("read")))).status())
                    .isEqualTo(200);
            assertThat(list(sign(claims().claim("scope", List.of("openid")))).code())
                    .isEqualTo("forbidden");
            assertThat(list(sign(claims().claim("scope", 5))).code()).isEqualTo("forbidden");
        }

        @Test
        void hasTheIssuersKeysFetchedOnceForMany() throws Exception {
            list(sign(claims()));
            int fetched = FETCHES.get();
            for (int i = 0; i < 5; i++) {
                assertThat(list(sign(claims())).status()).isEqualTo(200);
            }
            assertThat(FETCHES.get()).isEqualTo(fetched);
        }

        @Test
        void mayBeALittleOldAsClocksAreNeverTheSame() throws Exception {
            Date justNow = Date.from(Instant.now().minusSeconds(10));
            assertThat(list(sign(claims().expirationTime(justNow))).status()).isEqualTo(200);
        }
    }

    @Nested
    class ATokenIsRefused {
        private void assertRefused(String token) throws Exception {
            assertThat(list(token).code()).isEqualTo("unauthenticated");
        }

        @Test
        void afterItsEnd() throws Exception {
            assertRefused(
                    sign(claims().expirationTime(Date.from(Instant.now().minusSeconds(120)))));
            assertRefused(sign(claims().expirationTime(null)));
        }

        @Test
        void beforeItsBeginning() throws Exception {
            assertRefused(sign(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(120)))));
        }

        @Test
        void forAnotherAudienceOrFromAnotherIssuer() throws Exception {
            assertRefused(sign(claims().audience("another")));
            assertRefused(sign(claims().issuer("https://elsewhere.example")));
        }

        @Test
        void withoutATenantOrWithOneThatIsNoName() throws Exception {
            assertRefused(sign(claims().claim("tenant", null)));
            assertRefused(sign(claims().claim("tenant", "../default")));
            assertRefused(sign(claims().claim("tenant", List.of("default"))));
        }

        @Test
        void byAnAlgorithmThatIsNotOnTheList() throws Exception {
            assertRefused(new PlainJWT(claims().build()).serialize());
            assertRefused(sign(claims(), JWSAlgorithm.RS384, new RSASSASigner(key)));
            byte[] publicKey = key.toRSAPublicKey().getEncoded();
            assertRefused(sign(claims(), JWSAlgorithm.HS256, new MACSigner(publicKey)));
        }

        @Test
        void byAKeyThatIsNotTheIssuers() throws Exception {
            RSAKey other = new RSAKeyGenerator(2048).keyID("one").generate();
            assertRefused(sign(claims(), JWSAlgorithm.RS256, new RSASSASigner(other)));
        }

        @Test
        void ifItIsCutShort() throws Exception {
            String token = sign(claims());
            assertRefused(token.substring(0, token.length() - 20));
            assertRefused("ey.ey.ey");
        }
    }
}
