package io.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.sample.SampleService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class SluiceServiceTest {
    @TempDir Path directory;

    @Nested
    class AServiceWithAMaster {
        @Test
        void saysThatItStartsWhereItListensAndWhenItRefusesTraffic() throws Exception {
            ServerSocketChannel server = FakeMaster.listen(directory.resolve("master.sock"));
            try (MasterLink link = MasterLink.connect(directory.resolve("master.sock").toString());
                    FakeMaster master = FakeMaster.accept(server)) {
                ConfigurableApplicationContext context =
                        start(link, "--sluice.sample.management-port=0").orElseThrow();

                JsonNode starting = master.next();
                assertThat(starting.get("notify").asString()).isEqualTo("starting");
                assertThat(starting.get("role").asString()).isEqualTo("sample");
                assertThat(starting.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
                JsonNode ready = master.next();
                assertThat(ready.get("notify").asString()).isEqualTo("ready");
                assertThat(ready.at("/ports/management").asInt()).isPositive();
                assertThat(ready.get("knows").valueStream().map(JsonNode::asString))
                        .contains("sluice.sample", "sluice.data");

                AvailabilityChangeEvent.publish(
                        context, "the disk is full", ReadinessState.REFUSING_TRAFFIC);
                JsonNode unready = master.next();
                assertThat(unready.get("notify").asString()).isEqualTo("unready");
                assertThat(unready.get("reason").asString()).isEqualTo("the disk is full");
                context.close();
            }
        }

        @Test
        void saysInOneLineThatItsPortIsInUse() throws Exception {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThat(failure("--server.port=" + taken.getLocalPort()))
                        .startsWith(
                                "sluice.sample.management-port = %d: the port is in use"
                                        .formatted(taken.getLocalPort()))
                        .contains("--set sluice.sample.management-port=N");
            }
        }

        @Test
        void saysInOneLineWhichSettingsAreBad() throws Exception {
            assertThat(failure("--sluice.sample.threads=0", "--sluice.sample.x=1"))
                    .contains("sluice.sample.threads = 0: use 1 or more")
                    .contains("sluice.sample.x = 1: there is no such setting")
                    .doesNotContain("\n");
        }

        private String failure(String... args) throws IOException {
            ServerSocketChannel server = FakeMaster.listen(directory.resolve("master.sock"));
            try (MasterLink link = MasterLink.connect(directory.resolve("master.sock").toString());
                    FakeMaster master = FakeMaster.accept(server)) {
                assertThat(start(link, args)).isEmpty();

                master.next();
                JsonNode failed = master.next();
                assertThat(failed.get("notify").asString()).isEqualTo("failed");
                return failed.get("message").asString();
            }
        }
    }

    @Nested
    class AServiceWhoseMasterDies {
        @Test
        void drainsAndEndsByItself() throws Exception {
            Path socket = directory.resolve("master.sock");
            ServerSocketChannel server = FakeMaster.listen(socket);
            ProcessBuilder command =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SampleService.class.getName(),
                            "--sluice.data=" + directory);
            command.environment().put("SLUICE_MASTER", socket.toString());
            command.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
            Process service = command.start();
            try {
                try (FakeMaster master = FakeMaster.accept(server)) {
                    assertThat(master.next().get("notify").asString()).isEqualTo("starting");
                    assertThat(master.next().get("notify").asString()).isEqualTo("ready");
                }

                assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(service.exitValue()).isZero();
                assertThat(directory.resolve("log")).content().contains("The master is gone");
            } finally {
                service.destroyForcibly();
            }
        }
    }

    private static Optional<ConfigurableApplicationContext> start(MasterLink link, String... args) {
        SpringApplication application = SluiceService.application(SampleService.class, "sample");
        return SluiceService.start(application, "sample", args, link);
    }
}
