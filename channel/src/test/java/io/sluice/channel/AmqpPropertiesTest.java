package io.sluice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AmqpPropertiesTest {

    private static AmqpProperties bind(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        settings.forEach((key, value) -> all.put("amqp." + key, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("amqp", AmqpProperties.class);
    }

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new AmqpProperties(
                                "amqp://localhost:5672",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "sluice",
                                5,
                                10_000));
    }

    @Test
    void canAllBeSet() {
        assertThat(
                        bind(
                                Map.of(
                                        "uri", "amqps://broker:5671/uploads",
                                        "username", "edge",
                                        "password-file", "/run/secrets/broker",
                                        "ca", "ca.pem",
                                        "certificate", "own.pem",
                                        "private-key", "own.key",
                                        "queue-prefix", "photos",
                                        "delivery-limit", "2",
                                        "max-length", "50")))
                .isEqualTo(
                        new AmqpProperties(
                                "amqps://broker:5671/uploads",
                                "edge",
                                null,
                                Path.of("/run/secrets/broker"),
                                Path.of("ca.pem"),
                                Path.of("own.pem"),
                                Path.of("own.key"),
                                "photos",
                                2,
                                50));
    }

    @ParameterizedTest
    @CsvSource({
        "uri, http://broker, uri must begin with amqp:// or amqps://",
        "certificate, own.pem, certificate and private-key need each other",
        "queue-prefix, a/b, queue-prefix must be 1 to 64",
        "delivery-limit, 0, delivery-limit must be at least 1",
        "max-length, 0, max-length must be at least 1"
    })
    void refuseWhatCannotWork(String key, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(key, value)))
                .rootCause()
                .hasMessageContaining("sluice.channel.amqp." + message);
    }

    @Test
    void refuseTwoPasswords() {
        assertThatThrownBy(() -> bind(Map.of("password", "one", "password-file", "two")))
                .rootCause()
                .hasMessageContaining("password and password-file are both set");
    }

    @Test
    void takeThePasswordFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "pa55\n");
        assertThat(bind(Map.of("password-file", file.toString())).secret()).isEqualTo("pa55");
    }

    @Test
    void neverTellThePassword() {
        AmqpProperties settings =
                bind(Map.of("uri", "amqp://edge:pa55@broker:5672/v", "password", "pa66"));
        assertThat(settings.toString())
                .contains("amqp://broker:5672/v")
                .doesNotContain("pa55", "pa66");
    }
}
