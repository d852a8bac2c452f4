package io.sluice.master.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
    @Test
    void comesBackAsItWasWritten() {
        Map<String, Object> object =
                Map.of(
                        "text",
                        "a \"quoted\"\nline, \u00e9, \ud83d\ude00",
                        "number",
                        12L,
                        "share",
                        0.5,
                        "truth",
                        true,
                        "list",
                        List.of("a", 1L),
                        "map",
                        Map.of("http", 8080L));

        assertThat(JsonLine.write(object)).doesNotContain("\n");
        assertThat(JsonLine.read(JsonLine.write(object))).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":}", "text"})
    void isRefusedWhenItIsNoObject(String text) {
        assertThatThrownBy(() -> JsonLine.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
