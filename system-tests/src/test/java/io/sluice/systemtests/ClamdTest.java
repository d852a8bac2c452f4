package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ClamdTest {
    private static final String TEXT = "text/plain";

    @TempDir private Path directory;

    @Test
    void findsWhatOnlyClamdKnowsAndWaitsForClamdWhenItIsDown() throws Exception {
        assumeThat(Clamd.PROGRAM).as("Debian's clamav-daemon").exists();
        Clamd clamd = Clamd.start(directory);
        Launch launch =
                Launch.fresh("clamd")
                        .with("sluice.scan.clamd.address", "unix:" + Clamd.socket(directory));
        try (clamd;
                Sluice sluice = launch.start()) {
            expectMarkerFound(sluice);
            clamd.close();
            String id = expectUnfinished(sluice.api());
            try (Clamd _ = Clamd.start(directory)) {
                JsonNode end = sluice.api().end(id);
                assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
            }
        }
    }

    private static void expectMarkerFound(Sluice sluice) throws Exception {
        Api api = sluice.api();
        String clean = api.ready(TestFile.text(2000, 70), TEXT);
        assertThat(api.find(clean).get("scan").get("engine").asString()).contains("clamd");
        String marked = "before " + Clamd.MARKER + " behind";
        String id = api.upload(marked.getBytes(StandardCharsets.US_ASCII), TEXT);
        JsonNode end = api.end(id);
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("quarantined");
        assertThat(end.get("scan").get("signature").asString()).startsWith("Sluice.Test.Marker");
        api.content(id).isProblem(403, "quarantined");
        MalwareTest.expectInQuarantine(sluice.data(), id);
    }

    private static String expectUnfinished(Api api) throws Exception {
        String id = api.upload(TestFile.text(2000, 71), TEXT);
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(Api.state(api.find(id))).isIn("stored", "processing");
                    api.content(id).isProblem(409, "not-ready");
                });
        return id;
    }
}
