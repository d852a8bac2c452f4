package io.sluice.edge.http.tus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.http.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class TusMetadataTest {
    private static TusMetadata read(String field) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Upload-Metadata", field);
        return TusMetadata.of(headers);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesTheFileItsTypeAndItsProfile() {
        TusMetadata metadata =
                read(
                        "filename %s,filetype %s,profile %s"
                                .formatted(
                                        base64("../Änderung.txt"),
                                        base64("text/plain"),
                                        base64("avatar")));
        assertThat(metadata.filename()).endsWith("Änderung.txt").doesNotContain("/");
        assertThat(metadata.filetype()).isEqualTo("text/plain");
        assertThat(metadata.profile()).contains("avatar");
        assertThat(metadata.json()).isEqualTo("{}");
    }

    @Test
    void namesThemAsUppyDoes() {
        TusMetadata metadata =
                read("name %s,type %s".formatted(base64("a.png"), base64("image/png")));
        assertThat(metadata.filename()).isEqualTo("a.png");
        assertThat(metadata.filetype()).isEqualTo("image/png");
    }

    @Test
    void keepsOtherTextsAsJson() {
        assertThat(read("a %s, b,c /+8=".formatted(base64("\"x\"\n"))).json())
                .contains("\"a\":\"\\\"x\\\"\\n\"")
                .contains("\"b\":\"\"")
                .doesNotContain("\"c\"");
    }

    @Test
    void ignoresATypeThatIsNone() {
        assertThat(read("filetype " + base64("no type")).filetype()).isNull();
        assertThat(read("filetype " + base64("image/*")).filetype()).isNull();
    }

    @Test
    void isAbsentWhenItIsEmpty() {
        assertThat(read(" ").verbatim()).isNull();
        assertThat(read("").verbatim()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c", "a YQ==,a YQ==", "a /+8=,a YQ==", ",", "a ?", "ü YQ=="})
    void isRefusedWhenItIsMalformed(String field) {
        assertThatThrownBy(() -> read(field)).isInstanceOf(Refusal.class);
    }
}
