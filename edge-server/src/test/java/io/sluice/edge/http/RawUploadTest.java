package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(WithEdgeServer.class)
class RawUploadTest {
    private final EdgeServer edge;
    private final Client client;

    RawUploadTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] digest(String algorithm, byte[] bytes) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(bytes);
    }

    @Nested
    class AnAcceptedUpload {
        @Test
        void isOnTheDiskByteForByteWhenItIsAnswered() throws Exception {
            byte[] body = random(3_500_001);
            Answer answer =
                    client.post(
                            BodyPublishers.ofByteArray(body),
                            "Content-Type",
                            "image/jpeg",
                            "Content-Disposition",
                            "attachment; filename=\"hold.jpg\"");

            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            String id = answer.id();
            assertThat(answer.header("Location")).isEqualTo("/api/v1/uploads/" + id);
            JsonNode upload = answer.json();
            assertThat(upload.path("state").asString()).isEqualTo("stored");
            assertThat(upload.path("size").asLong()).isEqualTo(body.length);
            assertThat(upload.path("filename").asString()).isEqualTo("hold.jpg");
            assertThat(upload.path("declaredType").asString()).isEqualTo("image/jpeg");
            assertThat(upload.path("sha256").asString())
                    .isEqualTo(HexFormat.of().formatHex(digest("SHA-256", body)));
            assertThat(
                            Files.readAllBytes(
                                    edge.data()
                                            .resolve("store")
                                            .resolve(id.substring(34))
                                            .resolve(id.substring(32, 34))
                                            .resolve(id)))
                    .isEqualTo(body);
        }

        @Test
        void mayBeChunkedOrEmpty() throws Exception {
            byte[] body = random(100_000);
            Answer chunked =
                    client.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
            assertThat(chunked.status()).isEqualTo(202);
            assertThat(chunked.json().path("size").asInt()).isEqualTo(body.length);

            Answer empty = client.post("");
            assertThat(empty.status()).as(empty.text()).isEqualTo(202);
            assertThat(empty.json().path("size").asInt()).isZero();
        }

        @Test
        void isCreatedWhenTheClientWaitedForItsEnd() throws Exception {
            Answer answer = client.upload("clean.txt", "hello");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
            assertThat(answer.json().path("state").asString()).isEqualTo("ready");
            assertThat(answer.json().path("scan").path("verdict").asString()).isEqualTo("clean");
        }

        @Test
        void isOnlyAcceptedWhenItDoesNotEndInTime() throws Exception {
            Answer answer =
                    client.post(
                            "x",
                            "Prefer",
                            "wait=1",
                            "Content-Disposition",
                            "attachment; filename=hold");
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        }
    }

    @Nested
    class AnIdempotencyKey {
        @Test
        void givesTheSameUploadForTheSameBytes() throws Exception {
            String key = UUID.randomUUID().toString();
            Answer first = client.post("same", "Idempotency-Key", key);
            Answer second = client.post("same", "Idempotency-Key", key);
            assertThat(first.status()).isEqualTo(202);
            assertThat(second.status()).as(second.text()).isEqualTo(200);
            assertThat(second.id()).isEqualTo(first.id());
        }

        @Test
        void isRefusedForOtherBytes() throws Exception {
            String key = UUID.randomUUID().toString();
            client.post("one", "Idempotency-Key", key);
            Answer other = client.post("two", "Idempotency-Key", key);
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.code()).isEqualTo("idempotency-conflict");
        }

        @Test
        void isRefusedWhenItIsTooLong() throws Exception {
            assertThat(client.post("x", "Idempotency-Key", "k".repeat(256)).status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class ADigest {
        @Test
        void isCheckedInBothAlgorithms() throws Exception {
            byte[] body = random(70_000);
            String digests =
                    "sha-256=:%s:, sha-512=:%s:, unixsum=:MA==:"
                            .formatted(
                                    Base64.getEncoder().encodeToString(digest("SHA-256", body)),
                                    Base64.getEncoder().encodeToString(digest("SHA-512", body)));
            assertThat(
                            client.post(BodyPublishers.ofByteArray(body), "Repr-Digest", digests)
                                    .status())
                    .isEqualTo(202);
        }

        @Test
        void refusesTheUploadWhenItDiffers() throws Exception {
            String sha512 = Base64.getEncoder().encodeToString(digest("SHA-512", random(3)));
            Answer answer = client.post("else", "Content-Digest", "sha-512=:" + sha512 + ":");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("digest-mismatch");
            edge.awaitEmptySpool();
        }

        @Test
        void isRefusedWhenItIsMalformed() throws Exception {
            assertThat(client.post("x", "Repr-Digest", "sha-256=abc").status()).isEqualTo(400);
        }
    }

    @Nested
    class ARefusal {
        @Test
        void namesTheProblemAndTheRequest() throws Exception {
            Answer answer = client.as("").post("x", "X-Request-Id", "my-id.1");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("X-Request-Id")).isEqualTo("my-id.1");
            assertThat(answer.json().path("type").asString()).endsWith("/unauthenticated");
            assertThat(answer.json().path("requestId").asString()).isEqualTo("my-id.1");
        }

        @Test
        void replacesAHarmfulRequestId() throws Exception {
            Answer answer = client.as("").post("x", "X-Request-Id", "a b");
            assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}");
        }

        @Test
        void meetsWrongExpiredAndWeakKeys() throws Exception {
            assertThat(client.as("nonsense").post("x").status()).isEqualTo(401);
            assertThat(client.as(EdgeServer.EXPIRED).post("x").status()).isEqualTo(401);
            Answer reader = client.as(EdgeServer.READER).post("x");
            assertThat(reader.status()).isEqualTo(403);
            assertThat(reader.code()).isEqualTo("forbidden");
        }

        @Test
        void meetsAnUnknownProfile() throws Exception {
            Answer answer =
                    client.send("POST", "/api/v1/uploads?profile=no", BodyPublishers.ofString("x"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("unknown-profile");
        }

        @Test
        void meetsTypesThatAreNone() throws Exception {
            for (String type : new String[] {"*/*", "image/*", "no type", "multipart/mixed"}) {
                assertThat(client.post("x", "Content-Type", type).status()).as(type).isEqualTo(415);
            }
        }

        @Test
        void comesBeforeTheBodyWhenItIsDeclaredTooLong() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(
                        """
                        POST /api/v1/uploads HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Expect: 100-continue\r
                        Content-Length: 4194305\r
                        \r
                        """
                                .formatted(edge.adminKey()));
                String answer = raw.readAll();
                assertThat(answer).startsWith("HTTP/1.1 413 ").contains("connection: close");
            }
        }

        @Test
        void reachesAClientThatSendsItsBodyAnyway() throws Exception {
            Answer answer = client.as("").post(BodyPublishers.ofByteArray(random(3_000_000)));
            assertThat(answer.status()).isEqualTo(401);
        }

        @Test
        void cutsAChunkedBodyThatGrowsTooLong() throws Exception {
            byte[] body = random(5_000_000);
            Answer answer =
                    client.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
            assertThat(answer.status()).isEqualTo(413);
            edge.awaitEmptySpool();
        }

        @Test
        void meetsABodyWithoutLength() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(
                        """
                        POST /api/v1/uploads HTTP/1.1\r
                        Host: localhost\r
                        Connection: close\r
                        Authorization: Bearer %s\r
                        \r
                        """
                                .formatted(edge.adminKey()));
                assertThat(raw.readAll()).startsWith("HTTP/1.1 411 ");
            }
        }
    }

    @Nested
    class AClientThatGoesAway {
        @Test
        void leavesNothingBehind() throws Exception {
            for (int sent : new int[] {0, 1, 100_000, 2_500_000}) {
                RawClient raw = edge.connect();
                raw.send(
                        """
                        POST /api/v1/uploads HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Content-Length: 3000000\r
                        \r
                        """
                                .formatted(edge.adminKey()));
                raw.send(random(sent));
                raw.reset();
            }
            edge.awaitEmptySpool();
        }
    }

    @Test
    void aTypeThatIsNotAllowedIsRefusedBeforeTheRestIsRead() throws Exception {
        try (RawClient raw = edge.connect()) {
            raw.send(
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + edge.adminKey()
                            + "\r\nContent-Length: 1000000\r\n\r\n%PDF-1.7"
                            + " ".repeat(5000));
            assertThat(raw.readAll()).startsWith("HTTP/1.1 415").contains("type-not-allowed");
        }
        edge.awaitEmptySpool();
    }
}
