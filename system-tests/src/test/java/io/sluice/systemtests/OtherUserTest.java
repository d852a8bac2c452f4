package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A processor of the user nobody, who may not even look into the store, renders and scans what is
 * in it. Needs root, to start a program as another user; setpriv and strace; and a JDK that every
 * user can run.
 */
@Timeout(240)
class OtherUserTest {
    @TempDir Path directory;

    @Test
    void processesWhatItHasNoRightToOpen() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        for (String program : new String[] {"setpriv", "strace"}) {
            PythonProcessor.assumeOnPath(program);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Launch launch = Stranger.share(directory, Launch.on(directory.resolve("data")));
        try (Sluice sluice = launch.with("sluice.processor.processes", 0).start()) {
            Stranger.giveCache(directory);
            try (Stranger stranger = Stranger.start(directory, launch)) {
                await().atMost(Sluice.PATIENCE)
                        .untilAsserted(() ->
                                assertThat(sluice.metrics("edge").sum("sluice_channel_credit"))
                                        .isPositive());
                assertThat(sluice.data().resolve("store")).isDirectory();
                assertThat(stranger.canRead(sluice.data().resolve("store"))).isFalse();
                assertThat(stranger.canRead(directory)).isTrue();
                expectPhoto(sluice.api());
                expectMalware(sluice.api());
                assertThat(stranger.opened())
                        .contains(directory + "/theirs/temp/")
                        .doesNotContain(sluice.data() + "/store");
            }
        }
    }

    private static void expectPhoto(Api api) throws Exception {
        byte[] photo = TestFile.photo("of another user");
        String id = api.ready(photo, "image/jpeg");
        api.rendition(id, "thumb").isStatus(200);
        api.rendition(id, "medium").isStatus(200);
        assertThat(api.content(id).isStatus(200).body()).isEqualTo(photo);
    }

    private static void expectMalware(Api api) throws Exception {
        JsonNode end = api.end(api.upload(TestFile.eicar(), "text/plain"));
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("quarantined");
    }
}
