package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GroupsTest {
    private static final String GROUPS = "sluice.channel.groups.";
    private static final String JOBS = "sluice_processor_jobs_total";

    private static JsonNode process(Sluice sluice, String name) throws Exception {
        for (JsonNode each : sluice.status().get("processes")) {
            if (each.get("name").asString().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("status names no " + name + ": " + sluice.status());
    }

    private static Metrics metrics(Sluice sluice, String name) throws Exception {
        int port = process(sluice, name).get("ports").get("management").asInt();
        return Metrics.read(URI.create("http://127.0.0.1:" + port));
    }

    private static void awaitCredit(Sluice sluice, int jobs) {
        await().atMost(Sluice.PATIENCE)
                .untilAsserted(() ->
                        assertThat(sluice.metrics("edge").sum("sluice_channel_credit"))
                                .isEqualTo(jobs));
    }

    @Test
    void eachKindOfJobHasProcessorsOfItsOwn() throws Exception {
        Launch launch = Launch.fresh("kinds");
        Path mirror = launch.data().resolveSibling("kinds-mirror.jsonl");
        Files.deleteIfExists(mirror);
        launch =
                launch.with(GROUPS + "store.kinds", "process")
                        .with(GROUPS + "store.processes", 1)
                        .with(GROUPS + "draw.kinds", "render")
                        .with(GROUPS + "draw.processes", 1)
                        .with("sluice.processor.slots", 2)
                        .with("sluice.channel.mirror", mirror)
                        .with("sluice.profiles.lazy.renditions.card.mode", "cover")
                        .with("sluice.profiles.lazy.renditions.card.width", 320)
                        .with("sluice.profiles.lazy.renditions.card.height", 240)
                        .with("sluice.profiles.lazy.renditions.card.eager", false);
        try (Sluice sluice = launch.start()) {
            awaitCredit(sluice, 4);
            Api api = sluice.api();
            String id = api.upload("lazy", TestFile.photo("kinds"), "image/jpeg");
            assertThat(Api.state(api.end(id))).isEqualTo("ready");
            api.rendition(id, "card").isStatus(200);
            assertThat(metrics(sluice, "processor-store-1").sum(JOBS, "kind=\"process\""))
                    .isEqualTo(1);
            assertThat(metrics(sluice, "processor-store-1").sum(JOBS, "kind=\"render\"")).isZero();
            assertThat(metrics(sluice, "processor-draw-1").sum(JOBS, "kind=\"render\""))
                    .isEqualTo(1);
            assertThat(Files.readAllLines(mirror))
                    .anyMatch(line -> line.contains("\"group\":\"draw\"") && line.contains(id))
                    .anyMatch(line -> line.contains("\"group\":\"store\"") && line.contains(id));

            expectRendersWhileOthersWait(sluice);
        }
    }

    /** More uploads wait than there is room for; a rendition doesn't wait behind them. */
    private static void expectRendersWhileOthersWait(Sluice sluice) throws Exception {
        Api api = sluice.api();
        String picture = api.upload("lazy", TestFile.photo("impatient"), "image/jpeg");
        assertThat(Api.state(api.end(picture))).isEqualTo("ready");
        long hanging = process(sluice, "processor-store-1").get("pid").asLong();
        Processes.signal(hanging, "STOP");
        List<String> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                waiting.add(api.upload(TestFile.text(1000, 500 + i), "text/plain"));
            }
            api.rendition(picture, "card").isStatus(200);
            assertThat(waiting)
                    .allSatisfy(
                            id -> assertThat(Api.state(api.find(id))).isIn("stored", "processing"));
        } finally {
            Processes.signal(hanging, "CONT");
        }
        for (String id : waiting) {
            assertThat(Api.state(api.end(id))).isEqualTo("ready");
        }
    }

    @Test
    void theFarGroupGetsWhatTheNearOneHasNoRoomFor() throws Exception {
        Launch launch =
                Launch.fresh("overflow")
                        .with(GROUPS + "near.processes", 1)
                        .with(GROUPS + "far.processes", 1)
                        .with(GROUPS + "far.tier", 1)
                        .with("sluice.processor.slots", 1);
        try (Sluice sluice = launch.start()) {
            awaitCredit(sluice, 2);
            Api api = sluice.api();
            for (int i = 0; i < 3; i++) {
                api.ready(TestFile.text(1000, 600 + i), "text/plain");
                awaitCredit(sluice, 2);
            }
            assertThat(metrics(sluice, "processor-near-1").sum(JOBS)).isEqualTo(3);
            assertThat(metrics(sluice, "processor-far-1").sum(JOBS)).isZero();

            long near = process(sluice, "processor-near-1").get("pid").asLong();
            Processes.signal(near, "STOP");
            try {
                List<CompletableFuture<JsonNode>> ends = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    String id = api.upload(TestFile.text(1000, 700 + i), "text/plain");
                    ends.add(CompletableFuture.supplyAsync(() -> api.end(id)));
                }
                for (CompletableFuture<JsonNode> end : ends) {
                    assertThat(Api.state(end.get())).isEqualTo("ready");
                }
            } finally {
                Processes.signal(near, "CONT");
            }
            assertThat(metrics(sluice, "processor-far-1").sum(JOBS)).isEqualTo(3);
        }
    }
}
