package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * The main job over one transport, with two processors. A transport has a class of its own that
 * only says how to set it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransportTest {
    private static final int SLOTS = 4;

    private Sluice sluice;

    /** The transport's settings, and what it needs to run. */
    abstract Launch over(Launch launch) throws Exception;

    @BeforeAll
    void start() throws Exception {
        String name = getClass().getSimpleName();
        sluice =
                over(Launch.fresh(name)
                                .with("sluice.processor.processes", 2)
                                .with("sluice.processor.slots", SLOTS)
                                .with("sluice.job.deadline", "10s")
                                .with("sluice.job.max-attempts", 20))
                        .start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    private void awaitBothProcessors() {
        await().atMost(Sluice.PATIENCE)
                .untilAsserted(() ->
                        assertThat(sluice.metrics("edge").sum("sluice_channel_credit"))
                                .isEqualTo(2.0 * SLOTS));
    }

    @Test
    void aPhotoBecomesReadyWithItsRenditions() throws Exception {
        byte[] photo = TestFile.photo("carried");
        JsonNode end = sluice.api().end(sluice.api().upload(photo, "image/jpeg"));
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
        assertThat(end.get("renditions")).hasSize(2);
        String id = end.get("id").asString();
        assertThat(sluice.api().content(id).isStatus(200).body()).isEqualTo(photo);
        assertThat(Picture.of(sluice.api().rendition(id, "thumb").isStatus(200).body()).width())
                .isEqualTo(200);
    }

    @Test
    void malwareIsQuarantined() throws Exception {
        JsonNode end = sluice.api().end(sluice.api().upload(TestFile.eicar(), "text/plain"));
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("quarantined");
        sluice.api().content(end.get("id").asString()).isProblem(403, "quarantined");
    }

    @Test
    void whatAKilledProcessorHadInHandIsDoneOnceByAnother() throws Exception {
        awaitBothProcessors();
        double jobs = sluice.metrics("edge").sum("sluice_jobs", "state=\"dead\"");
        Map<String, byte[]> acknowledged;
        try (Api api = new Api(sluice.base(), sluice.api().key());
                Load load = Load.begin(api, getClass().getSimpleName())) {
            ProcessHandle victim = Processes.of(sluice.data(), "processor").getFirst();
            victim.destroyForcibly();
            acknowledged = load.afterFault().acknowledged();
            assertThat(load.broken()).isZero();
        }
        CrashTest.expectWhole(sluice, acknowledged);
        expectEffectsOnce(acknowledged);
        awaitBothProcessors();
        assertThat(sluice.metrics("edge").sum("sluice_jobs", "state=\"dead\"")).isEqualTo(jobs);
    }

    private void expectEffectsOnce(Map<String, byte[]> acknowledged) throws Exception {
        for (String id : acknowledged.keySet()) {
            JsonNode upload = sluice.api().find(id);
            if (upload.get("contentType").asString().equals("image/jpeg")) {
                List<String> names =
                        upload.get("renditions")
                                .valueStream()
                                .map(rendition -> rendition.get("name").asString())
                                .toList();
                assertThat(names).containsExactlyInAnyOrder("thumb", "medium");
            }
        }
    }

    @Test
    void theLateResultOfAProcessorThatHungIsIgnored() throws Exception {
        awaitBothProcessors();
        ProcessHandle hanging = Processes.of(sluice.data(), "processor").getFirst();
        Map<String, byte[]> acknowledged = new HashMap<>();
        Map<String, JsonNode> ends = new HashMap<>();
        Processes.signal(hanging.pid(), "STOP");
        try {
            for (int i = 0; i < 2 * SLOTS; i++) {
                byte[] text = TestFile.text(3000, 400 + i);
                acknowledged.put(sluice.api().upload(text, "text/plain"), text);
            }
            for (String id : acknowledged.keySet()) {
                ends.put(id, sluice.api().end(id));
            }
        } finally {
            Processes.signal(hanging.pid(), "CONT");
        }
        assertThat(ends.values()).allMatch(end -> Api.state(end).equals("ready"));
        assertThat(ends.values()).anyMatch(end -> end.get("attempts").asInt() > 1);
        // Its credit is whole again once it has answered what nobody waits for any more.
        awaitBothProcessors();
        for (String id : acknowledged.keySet()) {
            assertThat(sluice.api().find(id)).isEqualTo(ends.get(id));
        }
    }
}
