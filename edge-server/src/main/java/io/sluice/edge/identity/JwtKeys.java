package io.sluice.edge.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the keys come from that an issuer's signatures are checked with. */
final class JwtKeys {
    private static final Logger log = LoggerFactory.getLogger(JwtKeys.class);
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final Duration FETCH = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_FETCH = Duration.ofSeconds(15);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final int LARGEST_SET = 256 * 1024;

    private JwtKeys() {}

    /**
     * The keys of the settings' file or address.
     *
     * @throws IOException if the file can't be read or has no public key
     */
    static JWSKeySelector<SecurityContext> of(JwtProperties jwt) throws IOException {
        Set<JWSAlgorithm> algorithms =
                jwt.algorithms().stream()
                        .map(JwtAlgorithm::jose)
                        .collect(Collectors.toUnmodifiableSet());
        if (jwt.publicKey() != null) {
            Key key = read(jwt.publicKey());
            return (header, _) ->
                    algorithms.contains(header.getAlgorithm()) ? List.of(key) : List.of();
        }
        URI address = jwt.jwksUri();
        if (address == null) {
            throw new IllegalStateException("the settings ask for one of the two");
        }
        return new JWSVerificationKeySelector<>(algorithms, source(address.toURL(), jwt.keysFor()));
    }

    /** A SubjectPublicKeyInfo (RFC 7468, section 13), of RSA or an elliptic curve. */
    private static Key read(Path file) throws IOException {
        Matcher pem = PEM.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new IOException(noKey(file));
        }
        X509EncodedKeySpec key =
                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(key);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            } catch (InvalidKeySpecException e) {
                log.debug("{} is no {} key: {}", file, algorithm, e.getMessage());
            }
        }
        throw new IOException(noKey(file));
    }

    private static String noKey(Path file) {
        return "sluice.identity.jwt.public-key is %s, which has no public key: give a PEM file with PUBLIC KEY"
                .formatted(file);
    }

    /**
     * One set is held. Unknown key ids cause few fetches, however many there are; while the issuer
     * is away its last keys are believed for some time.
     */
    private static JWKSource<SecurityContext> source(URL address, Duration keysFor) {
        return JWKSourceBuilder.create(
                        address,
                        new DefaultResourceRetriever(
                                (int) FETCH.toMillis(), (int) FETCH.toMillis(), LARGEST_SET))
                .cache(keysFor.toMillis(), WAIT_FOR_FETCH.toMillis())
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }
}
