package io.sluice.master.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterSettingsTest {
    private static MasterSettings of(String... assignments) throws BadConfiguration {
        return MasterSettings.of(Settings.load(null, List.of(assignments), Map.of()));
    }

    @Test
    void haveDefaultsForEverything() throws BadConfiguration {
        assertThat(of())
                .isEqualTo(
                        new MasterSettings(
                                new DataDirectory(Path.of("var")),
                                1,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(60),
                                Map.of(
                                        "edge", ByteSize.valueOf("256MiB"),
                                        "processor", ByteSize.valueOf("192MiB"),
                                        "cache-manager", ByteSize.valueOf("96MiB"))));
    }

    @Test
    void takeEachKey() throws BadConfiguration {
        MasterSettings settings =
                of(
                        "sluice.data=/data",
                        "sluice.processor.processes=3",
                        "sluice.master.shutdown-timeout=500ms",
                        "sluice.master.start-timeout=2m",
                        "sluice.master.stable-after=1h",
                        "sluice.master.heap.edge=1GiB");

        assertThat(settings.data().root()).isEqualTo(Path.of("/data"));
        assertThat(settings.processors()).isEqualTo(3);
        assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.stableAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.heaps()).containsEntry("edge", ByteSize.valueOf("1GiB"));
    }

    @Test
    void leaveOneCoreToTheEdgeWhenTheyChooseTheProcessorsThemselves() throws BadConfiguration {
        assertThat(of("sluice.processor.processes=auto").processors()).isPositive();
    }

    @Test
    void leaveProcessorsToTheEdgeThatStartsThemItself() throws BadConfiguration {
        String pipe = "sluice.channel.transport=pipe";
        String command = "sluice.channel.pipe.command=./my-processor";
        assertThat(of(pipe, command).processors()).isZero();
        assertThat(of(pipe).processors()).isEqualTo(1);
        assertThat(of(command).processors()).isEqualTo(1);
        assertThat(of("sluice.processor.processes=0").processors()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.processor.processes, 65, use auto or 0 to 64",
        "sluice.processor.processes, x, not a whole number",
        "sluice.master.shutdown-timeout, soon, not a duration",
        "sluice.master.heap.edge, big, not a size",
        "sluice.master.heap.edges, 1MB, there is no such setting"
    })
    void refuse(String key, String value, String cause) {
        assertThatThrownBy(() -> of(key + "=" + value))
                .hasMessageContaining(key + " = " + value + ": ")
                .hasMessageContaining(cause);
    }

    @Test
    void refuseEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(
                        () -> of("sluice.processor.processes=-1", "sluice.master.start-timeout=x"))
                .isInstanceOfSatisfying(
                        BadConfiguration.class, bad -> assertThat(bad.lines()).hasSize(2));
    }
}
