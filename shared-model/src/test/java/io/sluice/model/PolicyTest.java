package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private final Policy policy = new Policy("p", List.of("text/plain", "image/*"), 1);

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "image/png", "image/avif"})
    void allowsWhatIsListed(String contentType) {
        assertThat(policy.allows(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plainer", "imagery/png", "image", "application/pdf"})
    void allowsNothingElse(String contentType) {
        assertThat(policy.allows(contentType)).isFalse();
    }
}
