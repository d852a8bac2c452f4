package io.sluice.edge.http.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.http.header.ExpectedDigests.Algorithm;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.Refusal;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedDigestsTest {
    private static final String ZEROS = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void severalAreReadFromSeveralFields() {
        ExpectedDigests digests =
                ExpectedDigests.parse(
                        List.of(
                                "sha-256=:%s:;p=1 ,\tmd5=:AAAA:".formatted(ZEROS),
                                "sha-512=:%s:".formatted("A".repeat(86) + "==")));
        assertThat(digests.expected()).hasSize(2);
        assertThat(digests.needs(Algorithm.SHA_256)).isTrue();
        assertThat(digests.needs(Algorithm.SHA_512)).isTrue();
    }

    @Test
    void unknownAlgorithmsAreIgnored() {
        assertThat(ExpectedDigests.parse(List.of("crc32c=:AAAAAA==:")).expected()).isEmpty();
    }

    @Test
    void aDifferenceIsAProblem() {
        ExpectedDigests digests = ExpectedDigests.parse(List.of("sha-256=:" + ZEROS + ":"));
        digests.check(Algorithm.SHA_256, "0".repeat(64));
        assertThatThrownBy(() -> digests.check(Algorithm.SHA_256, "1".repeat(64)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.problem()).isEqualTo(Problem.DIGEST_MISMATCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256=",
                "sha-256=abc",
                "sha-256=:AAAA:",
                "sha-256=:%%%:",
                "sha-256=:AAAA",
                "SHA-256=:AAAA:",
                "sha-256=:AAAA:,",
                "=:AAAA:"
            })
    void malformedOnesAreRefused(String field) {
        assertThatThrownBy(() -> ExpectedDigests.parse(List.of(field))).isInstanceOf(Refusal.class);
    }
}
