package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.channel.PipeProperties.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class PipePropertiesTest {

    private static PipeProperties bind(Map<String, Object> settings) {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", settings));
            context.register(ChannelConfiguration.class);
            context.refresh();
            return context.getBean(ChannelProperties.class).pipe();
        }
    }

    @Test
    void haveDefaultsBelowTheDataDirectory() {
        assertThat(bind(Map.of("sluice.data", "/srv/sluice")))
                .isEqualTo(
                        new PipeProperties(
                                Path.of("/srv/sluice/run"),
                                List.of(),
                                1,
                                Path.of("/srv/sluice/store"),
                                Format.FRAMES,
                                1,
                                Duration.ofSeconds(5)));
    }

    @Test
    void canAllBeSet() {
        assertThat(
                        bind(
                                Map.of(
                                        "sluice.channel.pipe.directory", "/run/sluice",
                                        "sluice.channel.pipe.command", "python3,my.py",
                                        "sluice.channel.pipe.processes", "3",
                                        "sluice.channel.pipe.store", "/srv/store",
                                        "sluice.channel.pipe.format", "json-lines",
                                        "sluice.channel.pipe.slots", "2",
                                        "sluice.channel.pipe.stop-timeout", "1s")))
                .isEqualTo(
                        new PipeProperties(
                                Path.of("/run/sluice"),
                                List.of("python3", "my.py"),
                                3,
                                Path.of("/srv/store"),
                                Format.JSON_LINES,
                                2,
                                Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "processes, 0, must be 1 to 64",
        "processes, 65, must be 1 to 64",
        "slots, 0, must be 1 to 4096",
        "slots, 5000, must be 1 to 4096",
        "stop-timeout, 0s, 'must be above 0, up to 1m'",
        "stop-timeout, 2m, 'must be above 0, up to 1m'",
        "format, json-lines, needs sluice.channel.pipe.command"
    })
    void refuse(String key, String value, String cause) {
        assertThatThrownBy(() -> bind(Map.of("sluice.channel.pipe." + key, value)))
                .isInstanceOf(ConfigurationPropertiesBindException.class)
                .rootCause()
                .hasMessageContaining("sluice.channel.pipe." + key)
                .hasMessageContaining(cause);
    }
}
