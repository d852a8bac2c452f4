package io.sluice.edge.http.header;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import io.sluice.edge.http.structured.BareItem.Bytes;
import io.sluice.edge.http.structured.Member;
import io.sluice.edge.http.structured.Member.Item;
import io.sluice.edge.http.structured.StructuredFields;
import io.sluice.edge.upload.transfer.Checksum;
import io.sluice.edge.upload.transfer.ChecksumAlgorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

        ChecksumAlgorithm ofCore() {
            return switch (this) {
                case SHA_256 -> ChecksumAlgorithm.SHA256;
                case SHA_512 -> ChecksumAlgorithm.SHA512;
            };
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
     * Reads the lines of one Repr-Digest or Content-Digest field. For bodies both mean the same
     * here: they are taken without content codings.
     *
     * @throws Refusal if it is malformed
     */
    public static ExpectedDigests parse(List<String> lines) {
        if (lines.isEmpty()) {
            return new ExpectedDigests(List.of());
        }
        Map<String, Member> members =
                StructuredFields.dictionary(lines)
                        .filter(found -> !found.isEmpty())
                        .orElseThrow(ExpectedDigests::malformed);
        List<Expected> expected = new ArrayList<>();
        members.forEach((key, member) -> {
            String digest = hex(member);
            Algorithm.ofKey(key).map(known -> expected(known, digest)).ifPresent(expected::add);
        });
        return new ExpectedDigests(expected);
    }

    private static String hex(Member member) {
        if (member instanceof Item(Bytes(String hex), _)) {
            return hex;
        }
        throw malformed();
    }

    /** These, and those of another field. */
    public ExpectedDigests and(ExpectedDigests others) {
        List<Expected> all = new ArrayList<>(expected);
        all.addAll(others.expected);
        return new ExpectedDigests(all);
    }

    private static Expected expected(Algorithm algorithm, String hex) {
        if (hex.length() != 2 * algorithm.length) {
            throw malformed();
        }
        return new Expected(algorithm, hex);
    }

    private static Refusal malformed() {
        return Problem.MALFORMED.because(
                "a digest field is malformed: it looks like Repr-Digest: sha-256=:base64:");
    }

    /** The same as the core compares them, the strongest last. */
    public List<Checksum> checksums() {
        return expected.stream()
                .sorted(Comparator.comparing(Expected::algorithm))
                .map(digest -> new Checksum(digest.algorithm().ofCore(), digest.hex()))
                .toList();
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
