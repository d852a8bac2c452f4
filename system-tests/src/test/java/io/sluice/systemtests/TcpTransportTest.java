package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job with the edge and its processor on TCP. */
class TcpTransportTest {
    private static final String NAME = "sluice.test";

    @TempDir private Path directory;

    private static Launch tcp(String name) throws Exception {
        return Launch.fresh(name).with("sluice.channel.transport", "tcp");
    }

    private static void expectWork(Sluice sluice, String file) throws Exception {
        Api api = sluice.api();
        JsonNode end = api.end(api.upload(TestFile.read(file), "application/octet-stream"));
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
        assertThat(end.get("renditions")).hasSize(2);
        double frames =
                sluice.metrics("edge").sum("sluice_channel_bytes_total", "transport=\"tcp\"");
        assertThat(frames).isPositive();
    }

    @Test
    void inPlainTextRunsOnlyWhenAskedForAndWarns() throws Exception {
        Launch launch = tcp("tcp-plain");
        Command refused =
                Command.run(
                        "check", "--data", launch.data(), "--set", "sluice.channel.transport=tcp");
        assertThat(refused.text()).contains("sluice.channel.tcp.bundle is missing");

        try (Sluice sluice = launch.with("sluice.channel.tcp.insecure", true).start()) {
            expectWork(sluice, "camera.jpg");
            sluice.kill("processor");
            expectWork(sluice, "alpha.png");
            for (String log : List.of("edge.log", "processor.log")) {
                assertThat(launch.data().resolve("log").resolve(log))
                        .content()
                        .contains("sluice.channel.tcp.insecure = true");
            }
        }
    }

    @Test
    void runsOverMutualTlsAndTakesRenewedCertificatesWhileConnected() throws Exception {
        Certificates certificates = new Certificates(directory, NAME);
        certificates.renew();
        Launch launch =
                certificates
                        .configure(tcp("tcp-tls"))
                        .with("sluice.channel.tcp.allowed-names", NAME);
        try (Sluice sluice = launch.start()) {
            expectWork(sluice, "camera.jpg");
            certificates.renew();
            expectReload(launch.data().resolve("log/edge.log"));
            expectReload(launch.data().resolve("log/processor.log"));
            expectWork(sluice, "alpha.png");
            sluice.kill("processor");
            expectWork(sluice, "photo.tiff");
        }
    }

    private static void expectReload(Path log) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(log).contains("use the new SSL bundle"));
    }
}
