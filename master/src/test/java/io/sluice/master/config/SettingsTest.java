package io.sluice.master.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir Path directory;

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("sluice.yaml"), yaml);
    }

    @Nested
    class AValue {
        @Test
        void ofTheCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
            Path file = file("sluice:\n  edge: {port: 1, bind: a}\n  data: /file\n");
            Settings settings =
                    Settings.load(
                            file,
                            List.of("sluice.edge.port=3"),
                            Map.of("SLUICE_EDGE_PORT", "2", "SLUICE_EDGE_BIND", "b"));

            assertThat(settings.find("sluice.edge.port")).contains("3");
            assertThat(settings.find("sluice.edge.bind")).contains("b");
            assertThat(settings.find("sluice.data")).contains("/file");
            assertThat(settings.find("sluice.edge.workers")).isEmpty();
        }

        @Test
        void isFoundHoweverItsKeyIsSpelt() throws Exception {
            Path file = file("sluice.master:\n  shutdownTimeout: 5s\n");
            Settings settings =
                    Settings.load(file, List.of(), Map.of("SLUICE_MASTER_STARTTIMEOUT", "7s"));

            assertThat(settings.find("sluice.master.shutdown-timeout")).contains("5s");
            assertThat(settings.find("sluice.master.start-timeout")).contains("7s");
        }

        @Test
        void isUnknownWhenNoPrefixCoversItsKey() throws Exception {
            Path file =
                    file("sluice:\n  edge:\n    port: 1\n  edges:\n  - a\nlogging.level.x: info\n");
            Settings settings = Settings.load(file, List.of("sluice.x=1"), Map.of());

            assertThat(settings.unknown(List.of("sluice.edge")))
                    .extracting(Setting::toString)
                    .containsExactly("sluice.x = 1", "sluice.edges[0] = a");
        }
    }

    @Nested
    class AnError {
        @Test
        void isAnAssignmentWithoutAValue() {
            assertThatThrownBy(() -> Settings.load(null, List.of("sluice.edge.port"), Map.of()))
                    .hasMessageContaining("write --set key=value");
        }

        @Test
        void isAKeyThatNoProgramHas() {
            assertThatThrownBy(() -> Settings.load(null, List.of("sluce.edge.port=1"), Map.of()))
                    .hasMessageContaining("there is no such setting");
        }

        @Test
        void isAFileThatIsNotThereOrNoYaml() throws IOException {
            assertThatThrownBy(
                            () -> Settings.load(directory.resolve("no.yaml"), List.of(), Map.of()))
                    .hasMessageContaining("can't be read");
            Path file = file("sluice: [");
            assertThatThrownBy(() -> Settings.load(file, List.of(), Map.of()))
                    .hasMessageContaining("not YAML");
        }
    }
}
