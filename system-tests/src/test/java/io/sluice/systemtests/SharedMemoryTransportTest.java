package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The main job, with memory instead of sockets between edge and processor. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedMemoryTransportTest {
    private Sluice sluice;

    @BeforeAll
    void start() throws Exception {
        sluice = Launch.fresh("shm").with("sluice.channel.transport", "shm").start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void aPhotoIsRendered() throws Exception {
        String id = sluice.api().ready(TestFile.photo("shm"), "image/jpeg");
        JsonNode upload = sluice.api().find(id);
        assertThat(upload.get("attempts").asInt()).isEqualTo(1);
        sluice.api().rendition(id, "thumb").isStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"processor", "edge"})
    void noAcknowledgedUploadIsLostWhenAnEndIsKilled(String role) throws Exception {
        Map<String, byte[]> acknowledged;
        try (Api api = new Api(sluice.base(), sluice.api().key());
                Load load = Load.begin(api, "shm-" + role)) {
            long killed = sluice.kill(role);
            load.afterFault();
            acknowledged = load.acknowledged();
            sluice.awaitReady(role, killed);
        }
        CrashTest.expectWhole(sluice, acknowledged);
    }
}
