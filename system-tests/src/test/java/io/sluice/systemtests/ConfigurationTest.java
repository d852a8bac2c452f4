package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir private Path directory;

    @Test
    void aGoodFileIsGood() throws Exception {
        Command check =
                Command.run(
                        "check",
                        "--config",
                        Path.of("src/test/resources/shared.yaml").toAbsolutePath());
        assertThat(check.exit()).as(check.text()).isZero();
        assertThat(Command.run("check").exit()).isZero();
    }

    @Test
    void eachErrorIsNamedWithItsKeyAndValue() throws Exception {
        Path file = directory.resolve("bad.yaml");
        Files.writeString(
                file,
                """
                sluice:
                  upload:
                    max-sise: 5MiB
                    max-files: many
                  cache:
                    inactive: soon
                  nonsense: 1
                  profiles:
                    gallery:
                      renditions:
                        card:
                          width: 0
                          height: 100
                """);
        Command check = Command.run("check", "--config", file);
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.text())
                .contains("sluice.upload.max-sise", "5MiB")
                .contains("sluice.upload.max-files", "many")
                .contains("sluice.cache.inactive", "soon")
                .contains("sluice.profiles.gallery.renditions.card");
    }

    @Test
    void eachErrorOfAGroupIsALineWithItsKey() throws Exception {
        Path file = directory.resolve("groups.yaml");
        Files.writeString(
                file,
                """
                sluice:
                  channel:
                    groups:
                      near:
                        weight: heavy
                        weigth: 2
                      far:
                        transport: carrier-pigeon
                        ping.interval: 0s
                """);
        Command check = Command.run("check", "--config", file);
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("sluice.channel.groups.near.weight = heavy: "))
                .anyMatch(line -> line.contains("sluice.channel.groups.near.weigth = 2: "))
                .anyMatch(line -> line.contains("sluice.channel.groups.far.transport = carrier-"))
                .anyMatch(line -> line.contains("sluice.channel.groups.far.ping: "));
    }

    @Test
    void aKeyThatNobodyKnowsIsRefused() throws Exception {
        Path file = directory.resolve("unknown.yaml");
        Files.writeString(file, "sluice:\n  nonsense: 1\n");
        Command check = Command.run("check", "--config", file);
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.text()).contains("sluice.nonsense");
    }

    @Test
    void aBadSettingStopsTheStart() throws Exception {
        expectRefused("sluice.upload.max-size=big");
        expectRefused("sluice.nonsense=1");
    }

    @Test
    void theDoctorNamesWhatIsThere() throws Exception {
        Command doctor = Command.run("doctor");
        assertThat(doctor.exit()).as(doctor.text()).isZero();
        assertThat(doctor.text()).containsIgnoringCase("JDK");
        assertThat(doctor.text()).containsIgnoringCase("epoll");
        assertThat(doctor.text()).contains("libvips", "clamd");
    }

    private static void expectRefused(String setting) throws Exception {
        Path data = Launch.fresh("refused").data();
        Command up =
                Command.run("up", "--data", data, "--port", Launch.freePort(), "--set", setting);
        assertThat(up.exit()).as(up.text()).isEqualTo(1);
        String key = setting.substring(0, setting.indexOf('='));
        assertThat(up.lines()).hasSize(1);
        assertThat(up.text()).contains(key);
        assertThat(Processes.of(data)).isEmpty();
    }
}
