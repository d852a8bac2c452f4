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
                                Map.of("", 1),
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
        assertThat(settings.processors()).containsExactly(Map.entry("", 3));
        assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.stableAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.heaps()).containsEntry("edge", ByteSize.valueOf("1GiB"));
    }

    @Test
    void leaveOneCoreToTheEdgeWhenTheyChooseTheProcessorsThemselves() throws BadConfiguration {
        assertThat(of("sluice.processor.processes=auto").processors().get("")).isPositive();
    }

    @Test
    void startTheProcessorsThatEachGroupAsksFor() throws BadConfiguration {
        assertThat(
                        of(
                                        "sluice.channel.groups.render.processes=2",
                                        "sluice.channel.groups.far.tier=1",
                                        "sluice.processor.processes=3")
                                .processors())
                .containsExactly(Map.entry("far", 0), Map.entry("render", 2));
        assertThat(
                        of(
                                        "sluice.channel.groups.far.tier=1",
                                        "sluice.channel.group=far",
                                        "sluice.processor.processes=3")
                                .processors())
                .containsExactly(Map.entry("far", 3));
    }

    @Test
    void leaveProcessorsToTheEdgeThatStartsThemItself() throws BadConfiguration {
        String pipe = "sluice.channel.transport=pipe";
        String command = "sluice.channel.pipe.command=./my-processor";
        assertThat(of(pipe, command).processors()).containsExactly(Map.entry("", 0));
        assertThat(of(pipe).processors()).containsExactly(Map.entry("", 1));
        assertThat(of(command).processors()).containsExactly(Map.entry("", 1));
        assertThat(of("sluice.processor.processes=0").processors())
                .containsExactly(Map.entry("", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.channel.groups.far.processes, -1, use 0 to 64",
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
