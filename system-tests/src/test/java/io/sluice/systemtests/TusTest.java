package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Resumable uploads against the real thing. */
class TusTest {
    private static final String TUS = "/api/v1/tus";
    private static final int LENGTH = 8 << 20;

    @Test
    void anUploadGoesOnWhereItWasWhenEverythingWasKilled() throws Exception {
        Launch launch = Launch.fresh("tus");
        byte[] bytes = TestFile.text(LENGTH, 7);
        Sluice sluice = launch.start();
        String upload = create(sluice);
        String id = upload.substring(TUS.length() + 1);
        Path spooled = launch.data().resolve("spool").resolve(id);
        try (Wire wire = new Wire(sluice.base())) {
            wire.head(
                            "PATCH " + upload + " HTTP/1.1",
                            "Authorization: Bearer " + sluice.api().key(),
                            "Tus-Resumable: 1.0.0",
                            "Upload-Offset: 0",
                            "Content-Type: application/offset+octet-stream",
                            "Content-Length: " + LENGTH)
                    .bytes(Arrays.copyOf(bytes, LENGTH / 2));
            await().atMost(Sluice.PATIENCE)
                    .until(() -> Files.exists(spooled) && Files.size(spooled) > LENGTH / 4);
            sluice.killAll();
        }
        long written = Files.size(spooled);
        try (Sluice again = launch.start()) {
            long offset = offset(again, upload);
            assertThat(offset).isEqualTo(written).isBetween(LENGTH / 4L, LENGTH / 2L);
            byte[] rest = Arrays.copyOfRange(bytes, (int) offset, LENGTH);

            again.api()
                    .send(
                            again.api()
                                    .request(
                                            upload,
                                            "Tus-Resumable",
                                            "1.0.0",
                                            "Upload-Offset",
                                            Long.toString(offset),
                                            "Content-Type",
                                            "application/offset+octet-stream")
                                    .method("PATCH", BodyPublishers.ofByteArray(rest)))
                    .isStatus(204);

            JsonNode end = again.api().end(id);
            assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
            assertThat(end.path("sha256").asString()).isEqualTo(Sha256.hex(bytes));
            assertThat(again.api().content(id).isStatus(200).body()).isEqualTo(bytes);
        }
    }

    private static String create(Sluice sluice) throws Exception {
        return sluice.api()
                .send(
                        sluice.api()
                                .request(
                                        TUS,
                                        "Tus-Resumable",
                                        "1.0.0",
                                        "Upload-Length",
                                        Integer.toString(LENGTH),
                                        "Upload-Metadata",
                                        "filename bGFyZ2UudHh0")
                                .POST(BodyPublishers.noBody()))
                .isStatus(201)
                .header("location");
    }

    private static long offset(Sluice sluice, String upload) throws Exception {
        return Long.parseLong(
                sluice.api()
                        .head(upload, "Tus-Resumable", "1.0.0")
                        .isStatus(200)
                        .header("upload-offset"));
    }
}
