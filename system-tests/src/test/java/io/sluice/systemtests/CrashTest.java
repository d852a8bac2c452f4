package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
    private Launch launch;
    private Sluice sluice;

    @BeforeAll
    void start() throws Exception {
        launch = Launch.fresh("crash").with("sluice.processor.render-timeout", "5s");
        sluice = launch.start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"processor", "cache-manager", "edge"})
    void noAcknowledgedUploadIsLostWhenAProcessIsKilled(String role) throws Exception {
        Map<String, byte[]> acknowledged;
        try (Api api = new Api(sluice.base(), sluice.api().key());
                Load load = Load.begin(api, role)) {
            long killed = sluice.kill(role);
            load.afterFault();
            acknowledged = load.acknowledged();
            if (!role.equals("edge")) {
                assertThat(load.broken()).as("uploads that an edge alive has lost").isZero();
            }
            sluice.awaitReady(role, killed);
        }
        expectWhole(sluice, acknowledged);
    }

    @Test
    void aRestartFinishesPendingJobs() throws Exception {
        Map<String, byte[]> acknowledged = new HashMap<>();
        Processes.signal(sluice.process("processor").pid(), "STOP");
        for (int i = 0; i < 20; i++) {
            byte[] bytes =
                    i % 4 == 0 ? TestFile.photo("pending" + i) : TestFile.text(5000, 100 + i);
            String type = i % 4 == 0 ? "image/jpeg" : "text/plain";
            acknowledged.put(sluice.api().upload(bytes, type), bytes);
        }
        for (String id : acknowledged.keySet()) {
            assertThat(Api.state(sluice.api().find(id))).isIn("stored", "processing");
        }
        sluice.killAll();
        sluice = launch.start();
        expectWhole(sluice, acknowledged);
    }

    @Test
    void anImageWorkerThatHangsIsReplacedAndItsPictureRendered() throws Exception {
        List<ProcessHandle> workers = Processes.of(sluice.data(), "image-worker");
        assertThat(workers).isNotEmpty();
        for (ProcessHandle worker : workers) {
            Processes.signal(worker.pid(), "STOP");
        }
        byte[] photo = TestFile.photo("hanging");
        JsonNode end = sluice.api().end(sluice.api().upload(photo, "image/jpeg"));
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
        assertThat(end.get("attempts").asInt()).isGreaterThan(1);
        sluice.api().rendition(end.get("id").asString(), "thumb").isStatus(200);
        await().untilAsserted(() -> assertThat(workers).noneMatch(Processes::runs));
    }

    /** Every upload becomes ready and is there byte for byte, and nothing else is left of it. */
    static void expectWhole(Sluice sluice, Map<String, byte[]> acknowledged) throws Exception {
        expectBytes(sluice, acknowledged);
        await().atMost(Sluice.PATIENCE)
                .untilAsserted(
                        () -> assertThat(Trees.names(sluice.data().resolve("spool"))).isEmpty());
    }

    /** Every upload becomes ready and is there byte for byte. */
    static void expectBytes(Sluice sluice, Map<String, byte[]> acknowledged) throws Exception {
        assertThat(acknowledged).isNotEmpty();
        try (Api api = new Api(sluice.base(), Files.readString(sluice.adminKey()).strip())) {
            for (Map.Entry<String, byte[]> upload : acknowledged.entrySet()) {
                JsonNode end = api.end(upload.getKey());
                assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
                assertThat(api.content(upload.getKey()).isStatus(200).body())
                        .isEqualTo(upload.getValue());
            }
        }
    }
}
