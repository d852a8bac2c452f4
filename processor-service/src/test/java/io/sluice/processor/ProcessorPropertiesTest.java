package io.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProcessorPropertiesTest {
    @Test
    void hasADefaultForEachKey() {
        ProcessorProperties defaults = bind(Map.of());
        assertThat(defaults)
                .isEqualTo(
                        new ProcessorProperties(
                                "1",
                                Count.valueOf("1"),
                                Count.valueOf("auto"),
                                Count.valueOf("auto"),
                                9081,
                                null,
                                null,
                                ByteSize.valueOf("64MB"),
                                500,
                                ByteSize.valueOf("256MB"),
                                ByteSize.valueOf("512MB"),
                                ProcessorProperties.Isolation.AUTO,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30)));
    }

    @Test
    void countsSlotsAndWorkersByTheCores() {
        ProcessorProperties defaults = bind(Map.of());
        assertThat(defaults.slotsOn(4)).isEqualTo(8);
        assertThat(defaults.imageWorkersOn(4)).isEqualTo(3);
        assertThat(defaults.imageWorkersOn(1)).isEqualTo(1);
    }

    @Test
    void takesEachKey() {
        ProcessorProperties all =
                bind(
                        Map.ofEntries(
                                Map.entry("sluice.processor.name", "2"),
                                Map.entry("sluice.processor.processes", "3"),
                                Map.entry("sluice.processor.slots", "5"),
                                Map.entry("sluice.processor.image-workers", "2"),
                                Map.entry("sluice.processor.management-port", "0"),
                                Map.entry("sluice.processor.store", "/data/store"),
                                Map.entry("sluice.processor.worker-jar", "/opt/worker.jar"),
                                Map.entry("sluice.processor.worker-heap", "128MB"),
                                Map.entry("sluice.processor.worker-renders", "7"),
                                Map.entry("sluice.processor.worker-resident", "200MB"),
                                Map.entry("sluice.processor.worker-memory", "1GB"),
                                Map.entry("sluice.processor.worker-isolation", "required"),
                                Map.entry("sluice.processor.worker-wait", "5s")));
        assertThat(all)
                .isEqualTo(
                        new ProcessorProperties(
                                "2",
                                Count.valueOf("3"),
                                Count.valueOf("5"),
                                Count.valueOf("2"),
                                0,
                                Path.of("/data/store"),
                                Path.of("/opt/worker.jar"),
                                ByteSize.valueOf("128MB"),
                                7,
                                ByteSize.valueOf("200MB"),
                                ByteSize.valueOf("1GB"),
                                ProcessorProperties.Isolation.REQUIRED,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30)));
        assertThat(all.decodingMemory()).isEqualTo(512 << 20);
        assertThat(all.slotsOn(64)).isEqualTo(5);
        assertThat(all.imageWorkersOn(64)).isEqualTo(2);
        assertThat(bind(Map.of("sluice.processor.render-timeout", "9s")).renderTimeout())
                .hasSeconds(9);
    }

    @ParameterizedTest
    @CsvSource({
        "name, ../x",
        "processes, 0",
        "slots, 0",
        "slots, many",
        "image-workers, 100000",
        "management-port, 70000",
        "worker-heap, 8MB",
        "worker-renders, 0",
        "worker-resident, 1MB",
        "worker-memory, 64MB",
        "worker-isolation, maybe",
        "worker-wait, 0s",
        "render-timeout, -1s"
    })
    void refusesWhatMakesNoSense(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("sluice.processor." + key, value)))
                .rootCause()
                .message()
                .isNotBlank();
    }

    @Test
    void namesKeyValueAndRemedyInARefusal() {
        assertThatThrownBy(() -> bind(Map.of("sluice.processor.worker-heap", "8MB")))
                .rootCause()
                .hasMessage("sluice.processor.worker-heap = 8 MiB: must be 32 MiB or more");
    }

    private static ProcessorProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("sluice.processor", Bindable.of(ProcessorProperties.class));
    }
}
