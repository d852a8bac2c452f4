package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tus 1.0.0 says of HEAD, PATCH and checksums, in the order of its text. */
@ExtendWith(WithEdgeServer.class)
class TusTransferTest {
    private final EdgeServer edge;
    private final Client client;
    private final TusClient tus;

    TusTransferTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
        this.tus = new TusClient(client);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        tus.dropUnfinished();
    }

    @Nested
    class Head {
        @Test
        void tellsOffsetAndLengthAndIsNotCached() throws Exception {
            String upload = tus.create(10, "clean");
            tus.patch(upload, 0, "hello");

            Answer head = tus.head(upload);

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Upload-Offset")).isEqualTo("5");
            assertThat(head.header("Upload-Length")).isEqualTo("10");
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        }

        @Test
        void tellsTheSameOfAWholeUpload() throws Exception {
            String upload = tus.create(5, "clean");
            tus.patch(upload, 0, "hello");
            tus.ended(upload);

            Answer head = tus.head(upload);

            assertThat(head.header("Upload-Offset")).isEqualTo("5");
            assertThat(head.header("Upload-Length")).isEqualTo("5");
        }

        @Test
        void tellsThatTheLengthIsDeferredUntilItIsTold() throws Exception {
            String upload = tus.create("Upload-Defer-Length", "1").header("Location");
            assertThat(tus.head(upload).header("Upload-Defer-Length")).isEqualTo("1");

            tus.patch(upload, 0, "hello", "Upload-Length", "10");

            assertThat(tus.head(upload).header("Upload-Defer-Length")).isEmpty();
            assertThat(tus.head(upload).header("Upload-Length")).isEqualTo("10");
            assertThat(tus.patch(upload, 5, "w", "Upload-Length", "11").code())
                    .isEqualTo("length-conflict");
        }

        @Test
        void doesNotFindWhatIsAnotherTenants() throws Exception {
            String upload = tus.create(10, "clean");
            TusClient stranger = new TusClient(client.as(EdgeServer.OTHER_TENANT));

            assertThat(stranger.head(upload).status()).isEqualTo(404);
            assertThat(stranger.head(upload).header("Upload-Offset")).isEmpty();
            assertThat(stranger.patch(upload, 0, "x").status()).isEqualTo(404);
            assertThat(stranger.send("DELETE", upload, "").status()).isEqualTo(404);
        }

        @Test
        void doesNotFindWhatDidNotComeByTus() throws Exception {
            String path = client.post("x").header("Location").replace("/uploads/", "/tus/");
            assertThat(tus.head(path).status()).isEqualTo(404);
        }
    }

    @Nested
    class Patch {
        @Test
        void tellsTheNewOffset() throws Exception {
            String upload = tus.create(10, "clean");
            Answer answer = tus.patch(upload, 0, "hello");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Upload-Offset")).isEqualTo("5");
            assertThat(answer.header("Upload-Expires")).isNotEmpty();
        }

        @Test
        void makesAnUploadLikeAnyOther() throws Exception {
            String metadata =
                    "filename %s,filetype dGV4dC9wbGFpbg==,colour %s"
                            .formatted(base64("clean.txt"), base64("blue"));
            String upload =
                    tus.create("Upload-Length", "5", "Upload-Metadata", metadata)
                            .header("Location");
            String view = upload.replace("/tus/", "/uploads/");
            assertThat(client.get(view).json().path("state").asString()).isEqualTo("receiving");
            tus.patch(upload, 0, "he");
            assertThat(client.get(view).json().path("received").asLong()).isEqualTo(2);
            assertThat(client.get(view).json().path("sha256").isNull()).isTrue();
            assertThat(client.get(view + "/content").code()).isEqualTo("not-ready");

            tus.patch(upload, 2, "llo");

            Answer ended = tus.ended(upload);
            assertThat(ended.json().path("state").asString()).isEqualTo("ready");
            assertThat(ended.json().path("filename").asString()).isEqualTo("clean.txt");
            assertThat(ended.json().path("declaredType").asString()).isEqualTo("text/plain");
            assertThat(ended.json().path("metadata").path("colour").asString()).isEqualTo("blue");
            assertThat(ended.json().path("sha256").asString())
                    .isEqualTo(
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256")
                                                    .digest(
                                                            "hello"
                                                                    .getBytes(
                                                                            StandardCharsets
                                                                                    .UTF_8))));
            assertThat(tus.send("GET", upload, "").text()).isEqualTo("hello");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 4, 6, 10})
        void atAnotherOffsetIsAConflict(int offset) throws Exception {
            String upload = tus.create(10, "clean");
            tus.patch(upload, 0, "hello");

            Answer answer = tus.patch(upload, offset, "x");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("offset-conflict");
            assertThat(tus.offset(upload)).isEqualTo(5);
        }

        @Test
        void beyondTheLengthIsRefused() throws Exception {
            String upload = tus.create(5, "clean");
            assertThat(tus.patch(upload, 0, "hello!").status()).isEqualTo(413);
            assertThat(tus.offset(upload)).isZero();
        }

        @Test
        void beyondTheLengthIsRefusedAlsoWithoutContentLength() throws Exception {
            String upload = tus.create(5, "clean");
            try (RawClient raw = edge.connect()) {
                raw.send(
                        """
                        PATCH %s HTTP/1.1\r
                        Host: x\r
                        Authorization: Bearer %s\r
                        Tus-Resumable: 1.0.0\r
                        Upload-Offset: 0\r
                        Content-Type: application/offset+octet-stream\r
                        Transfer-Encoding: chunked\r
                        \r
                        6\r
                        hello!\r
                        0\r
                        \r
                        """
                                .formatted(upload, edge.adminKey()));
                assertThat(raw.readAnswer()).startsWith("HTTP/1.1 413 ");
            }
            assertThat(tus.offset(upload)).isZero();
        }

        @Test
        void needsAnOffset() throws Exception {
            String upload = tus.create(5, "clean");
            Answer answer =
                    tus.send(
                            "PATCH",
                            upload,
                            "x",
                            "Content-Type",
                            "application/offset+octet-stream");
            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void mayBeAnotherMethodsOverride() throws Exception {
            String upload = tus.create(10, "clean");
            Answer answer =
                    tus.send(
                            "POST",
                            upload,
                            "hello",
                            "X-HTTP-Method-Override",
                            "PATCH",
                            "Content-Type",
                            "application/offset+octet-stream",
                            "Upload-Offset",
                            "0");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(
                            tus.send("POST", upload, "", "X-HTTP-Method-Override", "HEAD")
                                    .header("Upload-Offset"))
                    .isEqualTo("5");
            assertThat(tus.send("POST", upload, "", "X-HTTP-Method-Override", "DELETE").status())
                    .isEqualTo(204);
        }
    }

    @Nested
    class Checksum {
        @ParameterizedTest
        @CsvSource({"md5, MD5", "sha1, SHA-1", "sha256, SHA-256", "sha512, SHA-512"})
        void isCheckedByItsAlgorithm(String name, String jdk) throws Exception {
            expectChecked(
                    name,
                    MessageDigest.getInstance(jdk)
                            .digest("hello".getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        void mayBeACrc32c() throws Exception {
            CRC32C crc = new CRC32C();
            crc.update("hello".getBytes(StandardCharsets.UTF_8));
            byte[] value = java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
            expectChecked("crc32c", value);
        }

        private void expectChecked(String name, byte[] right) throws Exception {
            String upload = tus.create(8, "clean");
            tus.patch(upload, 0, "abc");
            String field = name + " " + base64(right);

            Answer wrong = tus.patch(upload, 3, "jello", "Upload-Checksum", field);
            assertThat(wrong.status()).isEqualTo(460);
            assertThat(wrong.code()).isEqualTo("checksum-mismatch");
            assertThat(tus.offset(upload)).isEqualTo(3);

            assertThat(tus.patch(upload, 3, "hello", "Upload-Checksum", field).status())
                    .isEqualTo(204);
            tus.ended(upload);
            assertThat(tus.content(upload).text()).isEqualTo("abchello");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sha3 YQ==", "sha1", "sha1 YQ==", "sha1 ?", "SHA1 YQ=="})
        void thatIsNotUnderstoodIsRefused(String field) throws Exception {
            String upload = tus.create(5, "clean");
            assertThat(tus.patch(upload, 0, "hello", "Upload-Checksum", field).status())
                    .isEqualTo(400);
            assertThat(tus.offset(upload)).isZero();
        }

        @ParameterizedTest
        @CsvSource({"hello, 204, 5", "jello, 460, 0"})
        void mayComeBehindTheBytes(String body, int status, int offset) throws Exception {
            String upload = tus.create(10, "clean");
            try (RawClient raw = edge.connect()) {
                raw.send(
                        """
                        PATCH %s HTTP/1.1\r
                        Host: x\r
                        Authorization: Bearer %s\r
                        Tus-Resumable: 1.0.0\r
                        Upload-Offset: 0\r
                        Content-Type: application/offset+octet-stream\r
                        Transfer-Encoding: chunked\r
                        Trailer: Upload-Checksum\r
                        \r
                        5\r
                        %s\r
                        0\r
                        Upload-Checksum: sha1 %s\r
                        \r
                        """
                                .formatted(
                                        upload,
                                        edge.adminKey(),
                                        body,
                                        base64(
                                                MessageDigest.getInstance("SHA-1")
                                                        .digest(
                                                                "hello"
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8)))));
                assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
            }
            assertThat(tus.offset(upload)).isEqualTo(offset);
        }
    }
}
