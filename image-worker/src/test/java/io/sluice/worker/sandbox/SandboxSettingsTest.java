package io.sluice.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.worker.sandbox.SandboxSettings.Demand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SandboxSettingsTest {
    @Test
    void haveDefaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(
                        new SandboxSettings(
                                Demand.AUTO, List.of(), List.of(), List.of(), 512L << 20, 1024));
    }

    @Test
    void takeEachProperty() {
        assertThat(
                        settings(
                                Map.of(
                                        SandboxSettings.DEMAND, "required",
                                        SandboxSettings.READABLE, "/a:/b",
                                        SandboxSettings.WRITABLE, "/c",
                                        SandboxSettings.MEMORY, "1000000")))
                .isEqualTo(
                        new SandboxSettings(
                                Demand.REQUIRED,
                                List.of(Path.of("/a"), Path.of("/b")),
                                List.of(Path.of("/c")),
                                List.of(),
                                1_000_000,
                                1024));
    }

    @Test
    void refuseWhatMakesNoSense() {
        assertThatThrownBy(() -> settings(Map.of(SandboxSettings.DEMAND, "yes")))
                .hasMessage("sluice.worker.isolation = yes: use auto, required or off");
        assertThatThrownBy(() -> settings(Map.of(SandboxSettings.MEMORY, "much")))
                .hasMessage("sluice.worker.memory = much: give a number of bytes");
    }

    private static SandboxSettings settings(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        return SandboxSettings.of(properties, List.of());
    }
}
