package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(Shared.class)
class ObservabilityTest {
    private final Sluice sluice;
    private final Api api;

    ObservabilityTest(Sluice sluice) {
        this.sluice = sluice;
        api = sluice.api();
    }

    @Test
    void theMainPortTellsWithoutAKeyWhetherItLivesAndIsReady() throws Exception {
        try (Wire wire = new Wire(sluice.base())) {
            wire.head("GET /livez HTTP/1.1").answer().isStatus(200);
            wire.head("GET /readyz HTTP/1.1").answer().isStatus(200);
        }
    }

    @Test
    void theMainPortHasNoActuator() throws Exception {
        api.get("/actuator/prometheus").isStatus(404);
        api.get("/actuator/health").isStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "processor", "cache-manager"})
    void eachProcessTellsItsHealth(String role) throws Exception {
        int port = sluice.status(role).get("ports").get("management").asInt();
        URI management = URI.create("http://127.0.0.1:" + port);
        for (String group : new String[] {"liveness", "readiness"}) {
            var health = Metrics.get(management, "/actuator/health/" + group);
            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
            assertThat(JsonMapper.shared().readTree(health.body()).get("status").asString())
                    .isEqualTo("UP");
        }
        assertThat(Metrics.get(management, "/actuator/env").statusCode()).isEqualTo(404);
        assertThat(Metrics.get(management, "/actuator/heapdump").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "edge, sluice:job-outbound-gateway, jobsOut, jobsReturned",
        "processor, sluice:job-inbound-adapter, receivedJobs, jobErrors"
    })
    void bothEndsOfTheChannelAreInTheIntegrationGraph(
            String role, String endpoint, String way, String errors) throws Exception {
        int port = sluice.status(role).get("ports").get("management").asInt();
        var graph =
                Metrics.get(URI.create("http://127.0.0.1:" + port), "/actuator/integrationgraph");
        assertThat(graph.statusCode()).isEqualTo(200);
        assertThat(graph.body())
                .contains("\"" + endpoint + "\"", "\"" + way + "\"", "\"" + errors + "\"");
    }

    @Test
    void aRequestsTraceIsFoundInTheLogsOfEveryProcessThatWorkedForIt() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Answer accepted =
                api.post(
                                TestFile.text(1000, 90),
                                "text/plain",
                                "traceparent",
                                "00-" + trace + "-00f067aa0ba902b7-01")
                        .isStatus(202);
        String id = Api.id(accepted);
        assertThat(Api.state(api.end(id))).isEqualTo("ready");
        for (String role : new String[] {"edge", "processor"}) {
            Path log = sluice.data().resolve("log/" + role + ".log");
            await().untilAsserted(() ->
                    assertThat(Files.readAllLines(log))
                            .anyMatch(line -> line.contains(id) && line.contains(trace)));
        }
    }

    @Test
    void aPeersMetersAreToldApart() throws Exception {
        Metrics edge = sluice.metrics("edge");
        for (String meter : new String[] {"credit", "outstanding", "reconnects_total"}) {
            assertThat(edge.samples())
                    .anyMatch(line ->
                            line.startsWith("sluice_channel_peer_" + meter + "{")
                                    && line.contains("peer=\"processor-1\"")
                                    && line.contains("group=\"default\"")
                                    && line.contains("transport=\"unix\""));
        }
    }

    @Test
    void theEdgeCountsUploadsBytesJobsAndCacheHits() throws Exception {
        Metrics before = sluice.metrics("edge");
        byte[] photo = TestFile.photo("counted");
        String id = api.ready(photo, "image/jpeg");
        api.rendition(id, "thumb").isStatus(200);
        await().untilAsserted(() -> {
            Metrics now = sluice.metrics("edge");
            assertGrowth(before, now, 1, "sluice_edge_uploads_total", "outcome=\"accepted\"");
            assertGrowth(before, now, photo.length, "sluice_edge_upload_received_bytes_total");
            assertGrowth(before, now, 1, "sluice_edge_renditions_total", "status=\"hit\"");
            assertGrowth(before, now, 1, "sluice_channel_roundtrip_seconds_count");
        });
        assertThat(sluice.metrics("edge").names())
                .contains("sluice_jobs")
                .anyMatch(name -> name.matches("sluice_edge_loop_.*utili[sz]ation.*"));
    }

    @Test
    void theProcessorTimesScansAndRenders() throws Exception {
        Metrics before = sluice.metrics("processor");
        api.ready(TestFile.photo("timed"), "image/jpeg");
        Metrics after = sluice.metrics("processor");
        assertGrowth(before, after, 1, "sluice_scan_seconds_count");
        assertGrowth(before, after, 1, "sluice_render_seconds_count");
    }

    @Test
    void theCacheManagerCountsEvictions() throws Exception {
        assertThat(sluice.metrics("cache-manager").names())
                .anyMatch(name -> name.matches("sluice_cache_.*evict.*"));
    }

    private static void assertGrowth(
            Metrics before, Metrics after, double growth, String name, String... labels) {
        assertThat(after.sum(name, labels) - before.sum(name, labels)).as(name).isEqualTo(growth);
    }
}
