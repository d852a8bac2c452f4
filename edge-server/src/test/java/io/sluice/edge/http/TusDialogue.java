package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** What the exchanges of the requirements are made of: a client, and a look behind the scenes. */
record TusDialogue(EdgeServer edge, TusClient tus) {
    static final String LENGTH = "Upload-Length";
    static final String OFFSET = "Upload-Offset";
    static final String CONCAT = "Upload-Concat";
    static final String METADATA = "Upload-Metadata";
    static final String BYTES = "application/offset+octet-stream";
    static final String NOWHERE = TusClient.PATH + "/0192f3a0-0000-7000-8000-000000000000";

    TusDialogue(EdgeServer edge) {
        this(edge, new TusClient(edge.client()));
    }

    /** The values of a list in the answer to OPTIONS. */
    List<String> listed(String field) throws Exception {
        return List.of(options().header(field).split(",", -1));
    }

    Answer options(String... fields) throws Exception {
        return edge.client()
                .as("")
                .send("OPTIONS", TusClient.PATH, BodyPublishers.noBody(), fields);
    }

    /** A request that names another version, or none at all. */
    Answer inVersion(String version, String method, String path) throws Exception {
        return version.isEmpty()
                ? edge.client().send(method, path, BodyPublishers.noBody())
                : edge.client()
                        .send(method, path, BodyPublishers.noBody(), "Tus-Resumable", version);
    }

    /** The URL of an upload that those fields have created. */
    String created(String... fields) throws Exception {
        Answer answer = tus.create(fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.header("Location");
    }

    /** A complete partial upload of those bytes. */
    String part(String bytes) throws Exception {
        String part = created(CONCAT, "partial", LENGTH, Integer.toString(bytes.length()));
        expect(204, tus.patch(part, 0, bytes));
        return part;
    }

    /** A POST that brings bytes. */
    Answer createWith(String bytes, String... fields) throws Exception {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "Content-Type";
        all[fields.length + 1] = BYTES;
        return tus.send("POST", TusClient.PATH, bytes, all);
    }

    Answer expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    void expectOffset(long offset, String upload) throws Exception {
        assertThat(tus.offset(upload)).isEqualTo(offset);
    }

    /** The bytes of the upload, once it has been processed. */
    String content(String upload) throws Exception {
        assertThat(tus.ended(upload).json().path("state").asString()).isEqualTo("ready");
        return tus.content(upload).text();
    }

    boolean isSpooled(String upload) {
        return Files.exists(
                edge.data()
                        .resolve("spool")
                        .resolve(upload.substring(upload.lastIndexOf('/') + 1)));
    }

    /** Lets the upload's time be over. */
    void letExpire(String upload) {
        String id = upload.substring(upload.lastIndexOf('/') + 1);
        edge.bean(Database.class)
                .commit(jdbc ->
                        jdbc.sql("UPDATE transfer SET expires_at = 1 WHERE upload_id = ?")
                                .param(id)
                                .update())
                .join();
    }

    /** A PATCH of which only so much comes before the client is gone. */
    void cutAfter(String upload, String bytes, int announced) throws Exception {
        try (RawClient raw = edge.connect()) {
            raw.send(rawPatch(upload, "Content-Length: " + announced));
            await(() -> isSpooled(upload));
            raw.send(bytes);
        }
        MeterRegistry meters = edge.bean(MeterRegistry.class);
        await(() -> inFlight(meters) == 0);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    private static double inFlight(MeterRegistry meters) {
        return meters.get("sluice.edge.uploads.in.flight").gauge().value();
    }

    /** A PATCH whose checksum comes behind its bytes. */
    String patchWithTrailer(String upload, String bytes, String checksum) throws Exception {
        try (RawClient raw = edge.connect()) {
            raw.send(
                    rawPatch(upload, "Transfer-Encoding: chunked\r\nTrailer: Upload-Checksum")
                            + "%x\r\n%s\r\n0\r\nUpload-Checksum: %s\r\n\r\n"
                                    .formatted(bytes.length(), bytes, checksum));
            return raw.readUntil("\r\n\r\n");
        }
    }

    private String rawPatch(String upload, String field) {
        return "PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: %s\r\n%s\r\n\r\n"
                .formatted(upload, edge.adminKey(), BYTES, field);
    }

    /** One answer of each status. */
    List<Answer> answersOfAllKinds() throws Exception {
        String upload = created(LENGTH, "9");
        List<Answer> answers = new ArrayList<>();
        answers.add(expect(201, tus.create(LENGTH, "9")));
        answers.add(expect(204, options()));
        answers.add(expect(200, tus.head(upload)));
        answers.add(expect(204, tus.patch(upload, 0, "x")));
        answers.add(expect(400, tus.create()));
        answers.add(expect(401, new TusClient(edge.client().as("no")).head(upload)));
        answers.add(expect(404, tus.head(NOWHERE)));
        answers.add(expect(405, tus.send("PUT", upload, "")));
        answers.add(expect(409, tus.patch(upload, 5, "x")));
        answers.add(expect(412, inVersion("2.0.0", "HEAD", upload)));
        answers.add(expect(413, tus.create(LENGTH, "999999999999")));
        answers.add(expect(415, tus.send("PATCH", upload, "x", OFFSET, "1")));
        String wrong = "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        answers.add(expect(460, tus.patch(upload, 1, "x", "Upload-Checksum", wrong)));
        answers.add(expect(204, tus.send("DELETE", upload, "")));
        return answers;
    }
}
