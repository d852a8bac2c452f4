package io.sluice.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter errors = new StringWriter();

    private int run(String... args) {
        return Sluice.commandLine().setErr(new PrintWriter(errors, true)).execute(args);
    }

    @Nested
    class AnOrder {
        @Test
        void thatIsMissingOrUnknownIsNotUnderstood() {
            assertThat(run()).isEqualTo(2);
            assertThat(run("fly")).isEqualTo(2);
            assertThat(run("up", "--speed=9")).isEqualTo(2);
            assertThat(errors.toString()).hasLineCount(3).contains("see ./sluice --help");
        }

        @ParameterizedTest
        @ValueSource(strings = {"reload", "upgrade"})
        void ofALaterVersionIsAnsweredHonestly(String command) {
            assertThat(run(command)).isEqualTo(2);
        }

        @Test
        void thatFailsIsALineAndExitCodeOne() {
            assertThat(run("status", "--data", "/nowhere/at/all")).isOne();
            assertThat(errors.toString())
                    .isEqualTo("nothing runs on /nowhere/at/all; ./sluice up starts it\n");
        }

        @Test
        void hasAVersionAndHelp() {
            assertThat(run("--version")).isZero();
            assertThat(run("up", "--help")).isZero();
        }
    }

    @Nested
    class ThePort {
        @Test
        void takesFreeManagementPortsUnlessTheyAreGiven() throws Exception {
            ConfigurationOptions options =
                    parse("--port", "8181", "--set", "sluice.edge.management-port=9999");

            var settings = options.settings(Map.of("SLUICE_PROCESSOR_MANAGEMENTPORT", "9998"));
            assertThat(settings.find("sluice.edge.port")).contains("8181");
            assertThat(settings.find("sluice.edge.management-port")).contains("9999");
            assertThat(settings.find("sluice.processor.management-port")).contains("9998");
            assertThat(settings.find("sluice.cache-manager.management-port")).contains("0");
        }

        @Test
        void leavesThemAloneWhenItIsNotGiven() throws Exception {
            ConfigurationOptions options = parse("--data", "elsewhere");

            assertThat(options.data).isEqualTo(Path.of("elsewhere"));
            assertThat(options.settings(Map.of()).find("sluice.edge.management-port")).isEmpty();
            assertThat(options.settings(Map.of()).find("sluice.data")).contains("elsewhere");
        }

        private static ConfigurationOptions parse(String... args) {
            ConfigurationOptions options = new ConfigurationOptions();
            CommandLine line = new CommandLine(options);
            assertThat(line.parseArgs(args).errors()).isEmpty();
            return options;
        }
    }
}
