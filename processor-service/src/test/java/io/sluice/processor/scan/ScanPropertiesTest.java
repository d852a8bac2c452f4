package io.sluice.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ScanPropertiesTest {
    @Test
    void haveADefaultForEachKey() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new ScanProperties(
                                null,
                                new ScanProperties.Clamd(
                                        new ClamdAddress.Auto(),
                                        Duration.ofSeconds(130),
                                        ByteSize.valueOf("100MB"))));
    }

    @Test
    void takeEachKey() {
        assertThat(
                        bind(
                                Map.of(
                                        "sluice.scan.hashes", "/etc/sluice/hashes",
                                        "sluice.scan.clamd.address", "tcp://clamav:3310",
                                        "sluice.scan.clamd.timeout", "5s",
                                        "sluice.scan.clamd.max-file-size", "1GB")))
                .isEqualTo(
                        new ScanProperties(
                                Path.of("/etc/sluice/hashes"),
                                new ScanProperties.Clamd(
                                        new ClamdAddress.Tcp("clamav", 3310),
                                        Duration.ofSeconds(5),
                                        ByteSize.valueOf("1GB"))));
    }

    @ParameterizedTest
    @CsvSource({
        "clamd.address, http://clamav:3310",
        "clamd.address, unix:relative",
        "clamd.address, tcp://clamav",
        "clamd.timeout, 0s",
        "clamd.max-file-size, 2GB"
    })
    void refuseWhatMakesNoSense(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("sluice.scan." + key, value)))
                .rootCause()
                .message()
                .isNotBlank();
    }

    @Test
    void useClamdWhereDebianPutsItOnlyIfItIsThere(@TempDir Path directory) throws Exception {
        ScanProperties.Clamd auto = bind(Map.of()).clamd();
        Path socket = directory.resolve("clamd.ctl");
        InstantSource clock = InstantSource.system();
        assertThat(ScanConfiguration.clamd(auto, List.of(socket), clock)).isEmpty();
        Files.createFile(socket);
        assertThat(ScanConfiguration.clamd(auto, List.of(socket), clock)).isPresent();
        ScanProperties.Clamd off = bind(Map.of("sluice.scan.clamd.address", "off")).clamd();
        assertThat(ScanConfiguration.clamd(off, List.of(socket), clock)).isEmpty();
    }

    private static ScanProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("sluice.scan", Bindable.of(ScanProperties.class));
    }
}
