package io.sluice.edge.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.Policy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource({
        "image/png image/gif, image/gif text/csv, image/gif",
        "image/*, image/gif text/csv, image/gif",
        "image/png text/csv, image/*, image/png",
        "image/*, image/*, image/*",
        "image/png, text/*, ''"
    })
    void aPolicyIsNarrowedToWhatBothAllow(String profile, String token, String both) {
        Policy policy = new Policy("p", List.of(profile.split(" ")), 5);
        Policy narrowed = MediaTypes.narrow(policy, List.of(token.split(" ")));
        assertThat(String.join(" ", narrowed.allowedTypes())).isEqualTo(both);
        assertThat(narrowed.maxPixels()).isEqualTo(5);
    }
}
