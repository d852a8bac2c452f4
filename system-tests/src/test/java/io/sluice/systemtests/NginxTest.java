package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NginxTest {
    private static final String TUS = "/api/v1/tus";
    private static final int FAILURES = 5;

    @TempDir private static Path directory;
    private static Sluice sluice;
    private static Nginx nginx;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Nginx.PROGRAM.toFile().canExecute(), "nginx is not installed");
        sluice =
                Launch.fresh("nginx")
                        .with("sluice.edge.trusted-proxies", "127.0.0.1")
                        .with("sluice.edge.rate.failures.per-second", "0.001")
                        .with("sluice.edge.rate.failures.burst", FAILURES)
                        .start();
        nginx = Nginx.start(directory, sluice.base());
        api = new Api(nginx.base(), sluice.api().key());
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            api.close();
            nginx.close();
            sluice.close();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int size) {
        return "0123456789abcde\n".repeat(size / 16).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/files"})
    void handsUploadsOnAndGivesRangesOfThem(String prefix) throws Exception {
        byte[] body = text(3 << 20);
        String id =
                Api.id(
                        api.post(
                                        prefix + Api.UPLOADS,
                                        BodyPublishers.ofByteArray(body),
                                        "text/plain",
                                        "Prefer",
                                        "wait=30")
                                .isStatus(201));
        String content = prefix + Api.UPLOADS + "/" + id + "/content";
        assertThat(api.get(content).isStatus(200).body()).isEqualTo(body);
        Answer part = api.get(content, "Range", "bytes=1048570-2097160").isStatus(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(body, 1_048_570, 2_097_161));
        String etag = api.head(content).isStatus(200).header("etag");
        api.get(content, "If-None-Match", etag).isStatus(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/files"})
    void handsFormsOn(String prefix) throws Exception {
        byte[] form = new Form().file("a.txt", "text/plain", text(1 << 20)).body();
        api.post(prefix + Api.UPLOADS, BodyPublishers.ofByteArray(form), Form.TYPE).isStatus(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/files"})
    void handsTusOnBelowAnotherPath(String prefix) throws Exception {
        byte[] body = text(1 << 20);
        URI upload = nginx.base().resolve(create(prefix, body.length));
        assertThat(upload.getPath()).startsWith(prefix + TUS + "/");
        assertThat(patch(upload.getPath(), 0, Arrays.copyOf(body, 400_000)).header("upload-offset"))
                .isEqualTo("400000");
        assertThat(offset(upload.getPath())).isEqualTo(400_000);
        patch(upload.getPath(), 400_000, Arrays.copyOfRange(body, 400_000, body.length));
        assertThat(offset(upload.getPath())).isEqualTo(body.length);
    }

    private static String create(String prefix, long length) throws Exception {
        return api.send(
                        api.request(
                                        prefix + TUS,
                                        "Tus-Resumable",
                                        "1.0.0",
                                        "Upload-Length",
                                        Long.toString(length))
                                .POST(BodyPublishers.noBody()))
                .isStatus(201)
                .header("location");
    }

    private static Answer patch(String path, long offset, byte[] bytes) throws Exception {
        return api.send(
                        api.request(
                                        path,
                                        "Tus-Resumable",
                                        "1.0.0",
                                        "Upload-Offset",
                                        Long.toString(offset),
                                        "Content-Type",
                                        "application/offset+octet-stream")
                                .method("PATCH", BodyPublishers.ofByteArray(bytes)))
                .isStatus(204);
    }

    private static long offset(String path) throws Exception {
        return Long.parseLong(
                api.head(path, "Tus-Resumable", "1.0.0").isStatus(200).header("upload-offset"));
    }

    /** All that it has handed on: of what is on its way when the client goes, nginx drops some. */
    @Test
    void keepsWhatAClientSentBeforeItWasCut() throws Exception {
        byte[] body = text(1 << 20);
        String path = URI.create(create("/files", body.length)).getPath();
        Path spooled =
                sluice.data().resolve("spool").resolve(path.substring(path.lastIndexOf('/') + 1));
        cut(path, body, 300_000);
        await().atMost(Sluice.PATIENCE)
                .until(() -> Files.exists(spooled) && Files.size(spooled) > 0);
        int kept = (int) offset(path);
        assertThat(kept).isBetween(1, 300_000);
        patch(path, kept, Arrays.copyOfRange(body, kept, body.length));
        String content = path.replace("/files" + TUS, "/files" + Api.UPLOADS) + "/content";
        sluice.api().end(path.substring(path.lastIndexOf('/') + 1));
        assertThat(api.get(content).isStatus(200).body()).isEqualTo(body);
    }

    @Test
    void keepsNothingOfWhatItHadNotHandedOn() throws Exception {
        byte[] body = text(1 << 20);
        String path = create("", body.length);
        cut(path, body, 300_000);
        assertThat(offset(path)).isZero();
        patch(path, 0, body);
    }

    /** Sends the beginning of a body, and goes away once nginx has taken it. */
    private static void cut(String path, byte[] body, int sent) throws IOException {
        try (Socket socket = nginx.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    """
                    PATCH %s HTTP/1.1\r
                    Host: x\r
                    Authorization: Bearer %s\r
                    Tus-Resumable: 1.0.0\r
                    Upload-Offset: 0\r
                    Content-Type: application/offset+octet-stream\r
                    Content-Length: %d\r
                    \r
                    """
                            .formatted(path, api.key(), body.length)
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, sent);
            out.flush();
        }
    }

    @Test
    void handsEventsOnAsTheyHappen() throws Exception {
        try (EventStream events = EventStream.open(api, null)) {
            String id = api.upload(text(16), "text/plain");
            String subject = events.next().subject();
            while (!subject.equals(id)) {
                subject = events.next().subject();
            }
        }
    }

    @Test
    void isBelievedAboutTheClientsAddress() throws Exception {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(statusWithoutKey("203.0.113.1")).isEqualTo(401);
        }
        assertThat(statusWithoutKey("203.0.113.1")).isEqualTo(429);
        assertThat(statusWithoutKey("203.0.113.2")).isEqualTo(401);
    }

    private static int statusWithoutKey(String client) throws Exception {
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            return stranger.send(
                            HttpRequest.newBuilder(nginx.base().resolve(Api.UPLOADS))
                                    .header("X-Test-Client", client)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void speaksHttp2AndTlsInFront() throws Exception {
        byte[] body = random(2_000_000);
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(nginx.trust())
                        .build()) {
            for (String prefix : new String[] {"", "/files"}) {
                HttpResponse<String> upload =
                        client.send(
                                HttpRequest.newBuilder(
                                                nginx.tlsBase().resolve(prefix + Api.UPLOADS))
                                        .header("Authorization", "Bearer " + api.key())
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(upload.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(upload.statusCode()).as(upload.body()).isEqualTo(202);
                URI location =
                        nginx.tlsBase()
                                .resolve(upload.headers().firstValue("location").orElseThrow());
                assertThat(location.getPath()).startsWith(prefix + Api.UPLOADS + "/");
            }
        }
    }
}
