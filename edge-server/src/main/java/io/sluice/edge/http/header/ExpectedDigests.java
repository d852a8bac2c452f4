package io.sluice.edge.http.header;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The digests that a body came with (RFC 9530), as far as they are computed here. */
public record ExpectedDigests(List<Expected> expected) {

    /** The algorithms that are checked; others are ignored, as the RFC asks. */
    public enum Algorithm {
        SHA_256("sha-256", 32),
        SHA_512("sha-512", 64);

        private final String key;
        private final int length;

        Algorithm(String key, int length) {
            this.key = key;
            this.length = length;
        }

        /** Its name in the field, and for {@link java.security.MessageDigest}. */
        public String key() {
            return key;
        }

        static Optional<Algorithm> ofKey(String key) {
            for (Algorithm algorithm : values()) {
                if (algorithm.key.equals(key)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }
    }

    /** One digest, in lower-case hex. */
    public record Expected(Algorithm algorithm, String hex) {}

    public ExpectedDigests {
        expected = List.copyOf(expected);
    }

    /**
     * Reads the values of all Repr-Digest and Content-Digest fields. Both mean the same here:
     * bodies are taken without content codings.
     *
     * @throws Refusal if one is malformed
     */
    public static ExpectedDigests parse(List<String> values) {
        List<Expected> expected = new ArrayList<>();
        for (String value : values) {
            FieldScanner scanner = new FieldScanner(value);
            do {
                scanner.skipBlanks();
                member(scanner).ifPresent(expected::add);
                scanner.skipBlanks();
            } while (scanner.take(','));
            if (!scanner.isAtEnd()) {
                throw malformed();
            }
        }
        return new ExpectedDigests(expected);
    }

    private static Optional<Expected> member(FieldScanner scanner) {
        @Nullable String key = scanner.token();
        if (key == null || !key.equals(key.toLowerCase(Locale.ROOT)) || !scanner.take('=')) {
            throw malformed();
        }
        if (!scanner.take(':')) {
            throw malformed();
        }
        String base64 = scanner.until(":");
        if (!scanner.take(':')) {
            throw malformed();
        }
        // Parameters of a member mean nothing in these fields.
        scanner.until(",");
        return Algorithm.ofKey(key).map(algorithm -> expected(algorithm, base64));
    }

    private static Expected expected(Algorithm algorithm, String base64) {
        try {
            byte[] digest = Base64.getDecoder().decode(base64);
            if (digest.length == algorithm.length) {
                return new Expected(algorithm, HexFormat.of().formatHex(digest));
            }
        } catch (IllegalArgumentException e) {
            // Answered below like a wrong length; the parser's words would not help the client
            // more.
            throw malformed();
        }
        throw malformed();
    }

    private static Refusal malformed() {
        return Problem.MALFORMED.because(
                "a digest field is malformed: it looks like Repr-Digest: sha-256=:base64:");
    }

    /** Whether the algorithm has to be computed. */
    public boolean needs(Algorithm algorithm) {
        return expected.stream().anyMatch(e -> e.algorithm() == algorithm);
    }

    /**
     * Checks what was computed.
     *
     * @throws Refusal if a digest differs
     */
    public void check(Algorithm algorithm, String hex) {
        for (Expected digest : expected) {
            if (digest.algorithm() == algorithm && !digest.hex().equals(hex)) {
                throw Problem.DIGEST_MISMATCH.because(
                        "%s of the received bytes is %s in hex".formatted(algorithm.key(), hex));
            }
        }
    }
}
