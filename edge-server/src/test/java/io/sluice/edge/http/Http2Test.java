package io.sluice.edge.http;

import static io.sluice.edge.http.FrameClient.END_HEADERS;
import static io.sluice.edge.http.FrameClient.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.FrameClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2Test {
    private static final int STREAMS = 5;
    private static final int STREAM_WINDOW = 256 * 1024;

    @TempDir private static Path data;
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge =
                EdgeServer.start(
                        data,
                        "sluice.edge.http2.cleartext=true",
                        "sluice.edge.http2.streams=" + STREAMS,
                        "sluice.edge.http2.stream-window=256KiB",
                        "sluice.edge.http2.connection-window=1MiB",
                        "sluice.edge.limits.write-size=4KiB",
                        "sluice.upload.max-size=8MiB",
                        "sluice.edge.timeouts.header=600ms",
                        "sluice.edge.timeouts.idle=600ms",
                        "sluice.edge.timeouts.stall=600ms");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static FrameClient connect(byte... settings) throws IOException {
        return new FrameClient(edge.port(), settings);
    }

    private static byte[] request(String method, String path, String... fields) {
        return FrameClient.block(
                Stream.concat(
                                Stream.of(
                                        ":method",
                                        method,
                                        ":scheme",
                                        "http",
                                        ":path",
                                        path,
                                        ":authority",
                                        "x",
                                        "authorization",
                                        "Bearer " + edge.adminKey()),
                                Arrays.stream(fields))
                        .toArray(String[]::new));
    }

    private static FrameClient get(FrameClient client, int stream, String path) throws IOException {
        return client.send(
                FrameClient.HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path));
    }

    private static FrameClient post(FrameClient client, int stream, String... fields)
            throws IOException {
        return client.send(
                FrameClient.HEADERS,
                END_HEADERS,
                stream,
                request("POST", "/api/v1/uploads", fields));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void assertServesOthers() throws Exception {
        assertThat(edge.client().get("/livez").status()).isEqualTo(200);
        try (FrameClient other = connect()) {
            assertThat(get(other, 1, "/livez").status(1)).isEqualTo("200");
        }
    }

    @Nested
    class TheJdksClient {
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        private HttpRequest.Builder to(String path) {
            return HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + edge.port()).resolve(path))
                    .header("Authorization", "Bearer " + edge.adminKey());
        }

        private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
            return client.send(request, BodyHandlers.ofByteArray());
        }

        @Test
        void changesToHttp2ByARequestWithoutABody() throws Exception {
            HttpResponse<byte[]> first = send(to("/livez").build());
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
            byte[] body = random(3_000_000);
            HttpResponse<byte[]> upload =
                    send(
                            to("/api/v1/uploads")
                                    .header("Prefer", "wait=20")
                                    .header("Content-Type", "application/octet-stream")
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .build());
            assertThat(upload.version()).isEqualTo(HttpClient.Version.HTTP_2);
            Client.Answer answer = new Client.Answer(upload);
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            String content = answer.json().path("links").path("content").asString();
            assertThat(send(to(content).build()).body()).isEqualTo(body);
            HttpResponse<byte[]> parts =
                    send(to(content).header("Range", "bytes=5-6,2000000-2999999").build());
            assertThat(parts.statusCode()).isEqualTo(206);
            assertThat(new String(parts.body(), StandardCharsets.ISO_8859_1))
                    .contains(new String(body, 2_000_000, 1_000_000, StandardCharsets.ISO_8859_1));
        }

        @Test
        void staysWithHttp1ForABody() throws Exception {
            HttpResponse<byte[]> upload =
                    send(to("/api/v1/uploads").POST(BodyPublishers.ofString("hello")).build());
            assertThat(upload.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(upload.statusCode()).isEqualTo(202);
        }

        @Test
        void readsWhyItIsRefused() throws Exception {
            send(to("/livez").build());
            HttpResponse<byte[]> refused =
                    send(
                            to("/api/v1/uploads")
                                    .POST(BodyPublishers.ofByteArray(new byte[9_000_000]))
                                    .build());
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(send(to("/livez").build()).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class AStream {
        @Test
        void isToldToGoOnBeforeItsBody() throws Exception {
            try (FrameClient client = connect()) {
                post(client, 1, "expect", "100-continue", "content-length", "5");
                assertThat(client.status(1)).isEqualTo("100");
                client.send(
                        FrameClient.DATA,
                        END_STREAM,
                        1,
                        "hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.status(1)).isEqualTo("202");
            }
        }

        @Test
        void isRefusedBeforeItsBodyAndOnlyItself() throws Exception {
            try (FrameClient client = connect()) {
                post(client, 1, "content-length", "9000000");
                assertThat(client.status(1)).isEqualTo("413");
                Frame reset = client.await(FrameClient.RST_STREAM, 1);
                assertThat(reset.error()).isEqualTo(FrameClient.NO_ERROR);
                assertThat(get(client, 3, "/livez").status(3)).isEqualTo("200");
            }
            edge.awaitEmptySpool();
        }

        @Test
        void mayNotTakeForeverForItsBodyAndTheOthersGoOn() throws Exception {
            try (FrameClient client = connect()) {
                post(client, 1, "content-length", "1000000");
                post(client, 3, "content-length", "40000");
                client.send(FrameClient.DATA, 0, 1, new byte[10]);
                Frame reset =
                        client.await(frame -> {
                            if (frame.type() == FrameClient.RST_STREAM) {
                                return true;
                            }
                            dripping(client, 3, 10);
                            return false;
                        });
                assertThat(reset.stream()).isIn(1, 3);
                assertThat(reset.error()).isEqualTo(FrameClient.CANCEL);
                assertThat(get(client, 5, "/livez").status(5)).isEqualTo("200");
            }
            edge.awaitEmptySpool();
        }

        private void dripping(FrameClient client, int stream, int size) {
            try {
                client.send(FrameClient.DATA, 0, stream, new byte[size]);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void mayNotLeaveItsAnswerLying() throws Exception {
            Client.Answer file = edge.client().upload("file", "x".repeat(100_000));
            String content = file.json().path("links").path("content").asString();
            byte[] noWindow = ByteBuffer.allocate(6).putShort((short) 4).putInt(0).array();
            try (FrameClient client = connect(noWindow)) {
                assertThat(get(client, 1, content).status(1)).isEqualTo("200");
                Frame reset = client.await(FrameClient.RST_STREAM, 1);
                assertThat(reset.error()).isEqualTo(FrameClient.CANCEL);
            }
        }

        @Test
        void mayBringAChecksumBehindItsBody() throws Exception {
            byte[] body = random(100_000);
            String checksum =
                    "sha1 "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            MessageDigest.getInstance("SHA-1").digest(body));
            String path =
                    edge.client()
                            .send(
                                    "POST",
                                    "/api/v1/tus",
                                    BodyPublishers.noBody(),
                                    "Tus-Resumable",
                                    "1.0.0",
                                    "Upload-Length",
                                    "200000")
                            .header("Location");
            try (FrameClient client = connect()) {
                assertThat(patch(client, 1, path, 0, body, checksum)).isEqualTo("204");
                assertThat(patch(client, 3, path, 100_000, random(99_999), checksum))
                        .isEqualTo("460");
                assertThat(patch(client, 5, path, 100_000, body, checksum)).isEqualTo("204");
            }
        }

        private String patch(
                FrameClient client, int stream, String path, int at, byte[] body, String checksum)
                throws Exception {
            client.send(
                    FrameClient.HEADERS,
                    END_HEADERS,
                    stream,
                    request(
                            "PATCH",
                            path,
                            "tus-resumable",
                            "1.0.0",
                            "content-type",
                            "application/offset+octet-stream",
                            "trailer",
                            "upload-checksum",
                            "upload-offset",
                            Integer.toString(at)));
            for (int i = 0; i < body.length; i += 16_384) {
                client.send(
                        FrameClient.DATA,
                        0,
                        stream,
                        Arrays.copyOfRange(body, i, Math.min(body.length, i + 16_384)));
                if (i == 0) {
                    // By then the edge's first settings, and with them its window, are known.
                    client.send(FrameClient.SETTINGS, 1, 0);
                }
            }
            client.send(
                    FrameClient.HEADERS,
                    END_HEADERS | END_STREAM,
                    stream,
                    FrameClient.block("upload-checksum", checksum));
            return client.status(stream);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/{id}", "/%zz", "/\u00e4"})
        void isRefusedForATargetThatIsNone(String path) throws Exception {
            try (FrameClient client = connect()) {
                assertThat(get(client, 1, path).status(1)).isEqualTo("400");
                assertThat(get(client, 3, "/livez").status(3)).isEqualTo("200");
            }
        }

        @Test
        void isRefusedForTwoHosts() throws Exception {
            try (FrameClient client = connect()) {
                client.send(
                        FrameClient.HEADERS,
                        END_HEADERS | END_STREAM,
                        1,
                        request("GET", "/livez", "host", "y"));
                assertThat(client.await(FrameClient.RST_STREAM, 1).error())
                        .isEqualTo(FrameClient.PROTOCOL_ERROR);
                assertThat(get(client, 3, "/livez").status(3)).isEqualTo("200");
            }
        }
    }

    @Nested
    class AConnection {
        @Test
        void isEndedWithoutAStream() throws Exception {
            try (FrameClient client = connect()) {
                client.await(FrameClient.GOAWAY);
            }
        }

        @Test
        void mayNotOpenMoreStreamsThanItWasTold() throws Exception {
            try (FrameClient client = connect()) {
                Frame settings = client.await(FrameClient.SETTINGS);
                assertThat(setting(settings, 3)).isEqualTo(STREAMS);
                assertThat(setting(settings, 4)).isEqualTo(STREAM_WINDOW);
                for (int i = 0; i <= STREAMS; i++) {
                    post(client, 2 * i + 1, "content-length", "100");
                }
                Frame reset = client.await(FrameClient.RST_STREAM);
                assertThat(reset.stream()).isEqualTo(2 * STREAMS + 1);
            }
            edge.awaitEmptySpool();
        }

        private int setting(Frame settings, int wanted) {
            ByteBuffer payload = settings.payload();
            while (payload.getShort() != wanted) {
                payload.getInt();
            }
            return payload.getInt();
        }

        @Test
        void mayNotResetStreamsAllTheTime() throws Exception {
            ByteArrayOutputStream attack = new ByteArrayOutputStream();
            for (int i = 0; i < 10_000; i++) {
                attack.writeBytes(
                        FrameClient.frame(
                                FrameClient.HEADERS,
                                END_HEADERS,
                                2 * i + 1,
                                request("POST", "/api/v1/uploads")));
                attack.writeBytes(
                        FrameClient.frame(
                                FrameClient.RST_STREAM,
                                0,
                                2 * i + 1,
                                FrameClient.number(FrameClient.CANCEL)));
            }
            assertCalmed(attack.toByteArray());
        }

        @Test
        void mayNotOnlyPing() throws Exception {
            byte[] ping = FrameClient.frame(FrameClient.PING, 0, 0, new byte[8]);
            ByteArrayOutputStream attack = new ByteArrayOutputStream();
            for (int i = 0; i < 10_000; i++) {
                attack.writeBytes(ping);
            }
            assertCalmed(attack.toByteArray());
        }

        @Test
        void mayNotContinueAHeaderForever() throws Exception {
            ByteArrayOutputStream attack = new ByteArrayOutputStream();
            attack.writeBytes(FrameClient.frame(FrameClient.HEADERS, 0, 1, request("GET", "/")));
            for (int i = 0; i < 10_000; i++) {
                attack.writeBytes(FrameClient.frame(FrameClient.CONTINUATION, 0, 1));
            }
            assertCalmed(attack.toByteArray());
        }

        private void sendAside(FrameClient client, byte[] attack) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            client.send(attack);
                        } catch (IOException e) {
                            // The edge has closed: that is what is waited for.
                        }
                    });
        }

        private void assertCalmed(byte[] attack) throws Exception {
            try (FrameClient client = connect()) {
                sendAside(client, attack);
                assertThat(client.await(FrameClient.GOAWAY).error())
                        .isEqualTo(FrameClient.ENHANCE_YOUR_CALM);
            } catch (SocketException e) {
                // To who goes on sending, the connection's end may come before its reason.
                assertThat(e).hasMessage("Connection reset");
            }
            assertServesOthers();
            edge.awaitEmptySpool();
        }

        @Test
        void isToldThatAHeaderIsTooLarge() throws Exception {
            try (FrameClient client = connect()) {
                client.send(FrameClient.HEADERS, 0, 1, request("GET", "/livez"));
                client.send(
                        FrameClient.CONTINUATION, 0, 1, FrameClient.block("x", "y".repeat(9000)));
                client.send(
                        FrameClient.CONTINUATION,
                        END_HEADERS,
                        1,
                        FrameClient.block("z", "y".repeat(9000)));
                assertThat(client.status(1)).isEqualTo("431");
            }
            assertServesOthers();
        }

        @Test
        void mayNotSendMoreThanItsWindow() throws Exception {
            try (FrameClient client = connect()) {
                post(client, 1, "content-length", "8000000");
                ByteArrayOutputStream attack = new ByteArrayOutputStream();
                for (int i = 0; i < 400; i++) {
                    attack.writeBytes(FrameClient.frame(FrameClient.DATA, 0, 1, new byte[16_384]));
                }
                sendAside(client, attack.toByteArray());
                Frame end =
                        client.await(frame ->
                                frame.type() == FrameClient.RST_STREAM
                                        || frame.type() == FrameClient.GOAWAY);
                assertThat(end.error()).isEqualTo(FrameClient.FLOW_CONTROL_ERROR);
            }
            assertServesOthers();
            edge.awaitEmptySpool();
        }

        @Test
        void mayNotWidenAWindowBeyondAllBounds() throws Exception {
            try (FrameClient client = connect()) {
                post(client, 1, "content-length", "99");
                client.send(FrameClient.WINDOW_UPDATE, 0, 1, FrameClient.number(Integer.MAX_VALUE));
                assertThat(client.await(FrameClient.RST_STREAM, 1).error())
                        .isEqualTo(FrameClient.FLOW_CONTROL_ERROR);
            }
            assertServesOthers();
        }
    }

    @Test
    void isOffWithoutTheSetting(@TempDir Path other) throws Exception {
        try (EdgeServer plain = EdgeServer.start(other);
                RawClient raw = plain.connect()) {
            raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 400 ");
        }
    }
}
