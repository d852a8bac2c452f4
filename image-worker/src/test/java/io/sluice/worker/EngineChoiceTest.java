package io.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.worker.engine.PixelLimit;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

    @Test
    void isAutomaticByDefault() {
        assertThat(EngineChoice.ofProperties(new Properties()))
                .isEqualTo(new EngineChoice("auto", PixelLimit.DEFAULT));
    }

    @Test
    void takesBothSettings() {
        assertThat(choice("java2d", "1000"))
                .isEqualTo(new EngineChoice("java2d", new PixelLimit(1000)));
    }

    @Test
    void refusesALimitThatIsNoPositiveNumber() {
        assertThatThrownBy(() -> choice("auto", "many"))
                .hasMessage("sluice.worker.max-pixels = many: give a number of pixels");
        assertThatThrownBy(() -> choice("auto", "0"))
                .hasMessage("sluice.worker.max-pixels = 0: give a positive number of pixels");
    }

    private static EngineChoice choice(String engine, String pixels) {
        var properties = new Properties();
        properties.setProperty(EngineChoice.PROPERTY, engine);
        properties.setProperty(PixelLimit.PROPERTY, pixels);
        return EngineChoice.ofProperties(properties);
    }
}
