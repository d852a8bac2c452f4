package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Shared.class)
class OnDemandTest {
    private static final String RENDERS = "sluice_render_seconds_count";

    private final Sluice sluice;
    private final Api api;

    OnDemandTest(Sluice sluice) {
        this.sluice = sluice;
        api = sluice.api();
    }

    @Test
    void aRenditionIsMadeOnItsFirstRequestAndKept() throws Exception {
        String id = api.upload("gallery", TestFile.photo("on demand"), "image/jpeg");
        JsonNode end = api.end(id);
        assertThat(Api.state(end)).isEqualTo("ready");
        assertThat(end.get("renditions")).isEmpty();
        Answer first = api.rendition(id, "card").isStatus(200);
        assertThat(first.header("x-cache")).isEqualTo("MISS");
        Picture picture = Picture.of(first.body());
        assertThat(picture).isEqualTo(new Picture(picture.format(), 320, 240));
        Answer second = api.rendition(id, "card").isStatus(200);
        assertThat(second.header("x-cache")).isEqualTo("HIT");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void manyFirstRequestsAtOnceCostOneRender() throws Exception {
        String id = api.upload("gallery", TestFile.read("camera.jpg"), "image/jpeg");
        assertThat(Api.state(api.end(id))).isEqualTo("ready");
        double before = sluice.metrics("processor").sum(RENDERS);
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> request = () -> api.rendition(id, "poster").isStatus(200);
            List<Future<Answer>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(threads.submit(request));
            }
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
        }
        byte[] body = answers.getFirst().body();
        assertThat(answers).allMatch(answer -> java.util.Arrays.equals(answer.body(), body));
        assertThat(sluice.metrics("processor").sum(RENDERS) - before).isEqualTo(1);
    }
}
