package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Resumable uploads as the IETF drafts them, against the real thing. */
class ResumableUploadTest {
    private static final String UPLOADS = "/api/v1/uploads";
    private static final int LENGTH = 8 << 20;

    /** Sends the beginning of an upload's bytes; the rest does not come. */
    private static Wire begin(Sluice sluice, byte[] bytes, int sent) throws Exception {
        return new Wire(sluice.base())
                .head(
                        "POST " + UPLOADS + " HTTP/1.1",
                        "Authorization: Bearer " + sluice.api().key(),
                        "Upload-Draft-Interop-Version: 8",
                        "Upload-Complete: ?1",
                        "Content-Type: text/plain",
                        "Content-Disposition: inline; filename=\"large.txt\"",
                        "Content-Length: " + bytes.length)
                .bytes(Arrays.copyOf(bytes, sent));
    }

    private static String[] append(Sluice sluice, String upload, long offset, long length) {
        return new String[] {
            "PATCH " + upload + " HTTP/1.1",
            "Authorization: Bearer " + sluice.api().key(),
            "Upload-Draft-Interop-Version: 8",
            "Upload-Complete: ?1",
            "Upload-Offset: " + offset,
            "Content-Type: application/partial-upload",
            "Content-Length: " + length
        };
    }

    private static Answer head(Sluice sluice, String upload) throws Exception {
        return sluice.api().head(upload).isStatus(204);
    }

    private static long offset(Sluice sluice, String upload) throws Exception {
        return Long.parseLong(head(sluice, upload).header("upload-offset"));
    }

    /** Refused with 409 while what a cut request has sent is still being taken. */
    private static Answer sendRest(Sluice sluice, String upload, byte[] bytes) throws Exception {
        int offset = (int) offset(sluice, upload);
        return sluice.api()
                .send(
                        sluice.api()
                                .request(upload)
                                .header("Upload-Complete", "?1")
                                .header("Upload-Offset", Integer.toString(offset))
                                .header("Content-Type", "application/partial-upload")
                                .method(
                                        "PATCH",
                                        BodyPublishers.ofByteArray(
                                                Arrays.copyOfRange(bytes, offset, bytes.length))));
    }

    private static void finish(Sluice sluice, String upload, byte[] bytes) throws Exception {
        assertThat(head(sluice, upload).header("upload-complete")).isEqualTo("?0");
        await().atMost(Sluice.PATIENCE)
                .until(() -> sendRest(sluice, upload, bytes), answer -> answer.status() != 409)
                .isStatus(202);
        String id = upload.substring(UPLOADS.length() + 1);
        JsonNode end = sluice.api().end(id);
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
        assertThat(end.path("sha256").asString()).isEqualTo(Sha256.hex(bytes));
        assertThat(sluice.api().content(id).isStatus(200).body()).isEqualTo(bytes);
        assertThat(head(sluice, upload).header("upload-complete")).isEqualTo("?1");
    }

    @Test
    void anUploadGoesOnBehindWhatWasAcknowledgedWhenTheEdgeWasKilled() throws Exception {
        byte[] bytes = TestFile.text(LENGTH, 11);
        try (Sluice sluice = Launch.fresh("resumable").start()) {
            String upload;
            long acknowledged;
            try (Wire wire = begin(sluice, bytes, LENGTH / 2)) {
                upload = wire.answer().isStatus(104).header("location");
                acknowledged = Long.parseLong(wire.answer().isStatus(104).header("upload-offset"));
                sluice.awaitReady("edge", sluice.kill("edge"));
            }
            Path spooled =
                    sluice.data().resolve("spool").resolve(upload.substring(UPLOADS.length() + 1));

            long offset = offset(sluice, upload);

            assertThat(offset).isBetween(acknowledged, LENGTH / 2L).isEqualTo(Files.size(spooled));
            finish(sluice, upload, bytes);
        }
    }

    @Test
    @ExtendWith(Shared.class)
    void uploadsThatAreCutAnywhereAreWholeInTheEnd(Sluice sluice) throws Exception {
        Random random = new Random(20_261_128);
        List<String> uploads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] bytes = TestFile.text(1 + random.nextInt(1 << 20), 1000 + i);
            String upload;
            try (Wire wire = begin(sluice, bytes, random.nextInt(bytes.length))) {
                upload = wire.answer().isStatus(104).header("location");
            }
            for (int cut = 0; cut < 3; cut++) {
                int offset = (int) offset(sluice, upload);
                int sent = random.nextInt(bytes.length - offset);
                try (Wire wire = new Wire(sluice.base())) {
                    wire.head(append(sluice, upload, offset, bytes.length - offset))
                            .bytes(Arrays.copyOfRange(bytes, offset, offset + sent));
                }
            }
            finish(sluice, upload, bytes);
            uploads.add(upload);
        }
        assertThat(uploads).doesNotHaveDuplicates();
    }
}
