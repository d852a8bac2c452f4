package io.sluice.edge.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.Gravity;
import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionOptions;
import io.sluice.model.RenditionSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProfileTest {
    @Test
    void hasRenditionsWithoutOptions() {
        assertThat(rendition(Map.of()))
                .isEqualTo(
                        new RenditionSpec(
                                "small",
                                RenditionSpec.Mode.FIT,
                                300,
                                200,
                                List.of(ImageFormat.WEBP, ImageFormat.JPEG),
                                80));
    }

    @Test
    void takesEachOption() {
        RenditionSpec spec =
                rendition(
                        Map.ofEntries(
                                Map.entry("mode", "contain"),
                                Map.entry("formats", "avif,png"),
                                Map.entry("quality", "50"),
                                Map.entry("gravity", "focus"),
                                Map.entry("focus-x", "0.25"),
                                Map.entry("focus-y", "0.75"),
                                Map.entry("dpr", "2"),
                                Map.entry("background", "ffcc00"),
                                Map.entry("rotate", "90"),
                                Map.entry("trim", "10"),
                                Map.entry("blur", "1.5"),
                                Map.entry("sharpen", "0.5"),
                                Map.entry("max-bytes", "40KB")));
        assertThat(spec)
                .isEqualTo(
                        new RenditionSpec(
                                "small",
                                RenditionSpec.Mode.CONTAIN,
                                300,
                                200,
                                List.of(ImageFormat.AVIF, ImageFormat.PNG),
                                50,
                                new RenditionOptions(
                                        Gravity.FOCUS,
                                        0.25,
                                        0.75,
                                        2,
                                        "ffcc00",
                                        90,
                                        10,
                                        1.5,
                                        0.5,
                                        40 * 1024)));
        assertThat(rendition(Map.of("gravity", "north-east")).options().gravity())
                .isEqualTo(Gravity.NORTH_EAST);
    }

    @ParameterizedTest
    @CsvSource({
        "gravity, up",
        "dpr, 0.5",
        "background, red",
        "rotate, 45",
        "trim, 256",
        "blur, -1",
        "sharpen, 11",
        "max-bytes, few"
    })
    void refusesWhatMakesNoSense(String option, String value) {
        assertThatThrownBy(() -> rendition(Map.of(option, value)))
                .rootCause()
                .message()
                .isNotBlank();
    }

    private static RenditionSpec rendition(Map<String, String> options) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("p.renditions.small.width", "300");
        settings.put("p.renditions.small.height", "200");
        options.forEach((key, value) -> settings.put("p.renditions.small." + key, value));
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("p", Bindable.of(Profile.class))
                .get()
                .rendition("small")
                .orElseThrow();
    }
}
