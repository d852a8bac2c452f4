package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithEdgeServer.class)
class FormUploadTest {
    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    private final EdgeServer edge;
    private final Client client;

    FormUploadTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
    }

    private static String part(String disposition, String content) {
        return "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, disposition, content);
    }

    private static String file(String name, String content) {
        return part("name=\"file\"; filename=\"" + name + "\"", content);
    }

    private Answer post(String parts, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "multipart/form-data; boundary=" + BOUNDARY;
        return client.post(
                BodyPublishers.ofByteArray(
                        (parts + "--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8)),
                all);
    }

    @Nested
    class AForm {
        @Test
        void bringsSeveralFilesAndFieldsInAnyOrder() throws Exception {
            String large = "0123456789\r\n".repeat(200_000);
            Answer answer =
                    post(
                            file("one.txt", "first")
                                    + part("name=\"metadata\"", "{ \"a\" : [1, 2] }")
                                    + file("grüße 🎉.txt", large)
                                    + part("name=\"profile\"", "default"),
                            "Prefer",
                            "wait=20");
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            var uploads = answer.json().path("uploads");
            assertThat(uploads.size()).isEqualTo(2);
            assertThat(uploads.path(0).path("filename").asString()).isEqualTo("one.txt");
            assertThat(uploads.path(1).path("filename").asString()).isEqualTo("grüße 🎉.txt");
            assertThat(uploads.path(1).path("size").asInt()).isEqualTo(large.length());
            assertThat(uploads.path(0).path("metadata").path("a").path(1).asInt()).isEqualTo(2);
            String second = uploads.path(1).path("links").path("content").asString();
            assertThat(client.get(second).text()).isEqualTo(large);
            assertThat(answer.json().path("url").asString())
                    .isEqualTo(uploads.path(0).path("links").path("self").asString());
        }

        @Test
        void findsAllItsFilesAgainByItsIdempotencyKey() throws Exception {
            String key = UUID.randomUUID().toString();
            String form = file("a", "1") + file("b", "2");
            Answer first = post(form, "Idempotency-Key", key);
            Answer second = post(form, "Idempotency-Key", key);
            assertThat(second.status()).isEqualTo(200);
            for (int i = 0; i < 2; i++) {
                assertThat(second.json().path("uploads").path(i).path("id"))
                        .isEqualTo(first.json().path("uploads").path(i).path("id"));
            }
        }

        @Test
        void mayCallItsFilesAsUppyDoes() throws Exception {
            Answer answer =
                    post(
                            part("name=\"relativePath\"", "null")
                                    + part("name=\"files[]\"; filename=\"a\"", "1")
                                    + part("name=\"files[]\"; filename=\"b\"", "2"));
            assertThat(answer.json().path("uploads").size()).isEqualTo(2);
            assertThat(answer.json().path("url").asString())
                    .isEqualTo(
                            "/api/v1/uploads/%s"
                                    .formatted(
                                            answer.json()
                                                    .path("uploads")
                                                    .path(0)
                                                    .path("id")
                                                    .asString()));
        }

        @Test
        void maySayWhatItsFieldsAreWrittenIn() throws Exception {
            String metadata = part("name=\"metadata\"", "{\"name\":\"Größe\"}");
            String latin = metadata + file("a", "1") + part("name=\"_charset_\"", "iso-8859-1");
            assertMetadata(latin);
            assertMetadata(
                    metadata.replace(
                                    "\r\n\r\n{",
                                    "\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n\r\n{")
                            + file("a", "1"));
        }

        private void assertMetadata(String latin) throws Exception {
            Answer answer =
                    client.post(
                            BodyPublishers.ofString(
                                    latin + "--" + BOUNDARY + "--\r\n",
                                    StandardCharsets.ISO_8859_1),
                            "Content-Type",
                            "multipart/form-data; boundary=" + BOUNDARY);
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            assertThat(
                            answer.json()
                                    .path("uploads")
                                    .path(0)
                                    .path("metadata")
                                    .path("name")
                                    .asString())
                    .isEqualTo("Größe");
        }

        @Test
        void isAcceptedWholeOrNotAtAll() throws Exception {
            String key = UUID.randomUUID().toString();
            Client alone = new Accounts(client).of("whole", "[\"upload\",\"read\"]");
            String type = "multipart/form-data; boundary=" + BOUNDARY;
            String end = "--" + BOUNDARY + "--\r\n";
            String two = file("a", "1") + file("b", "2");
            Answer first = alone.post(two + end, "Content-Type", type, "Idempotency-Key", key);
            assertThat(first.status()).isEqualTo(202);
            Answer more =
                    alone.post(
                            two + file("c", "3") + end,
                            "Content-Type",
                            type,
                            "Idempotency-Key",
                            key);
            assertThat(more.status()).isEqualTo(422);
            assertThat(more.code()).isEqualTo("idempotency-conflict");
            assertThat(alone.get("/api/v1/uploads").json().path("uploads").size()).isEqualTo(2);
            edge.awaitEmptySpool();
        }

        @Test
        void maySkipAnInputWithoutAFile() throws Exception {
            Answer answer = post(file("", "") + file("x", "x"));
            assertThat(answer.json().path("uploads").size()).isEqualTo(1);
        }
    }

    @Nested
    class ABadForm {
        private void assertRefused(String parts, int status, String code) throws Exception {
            Answer answer = post(parts);
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.code()).isEqualTo(code);
            edge.awaitEmptySpool();
        }

        @Test
        void hasNoFile() throws Exception {
            assertRefused(part("name=\"profile\"", "default"), 400, "malformed");
        }

        @Test
        void namesAnUnknownProfileBehindItsFiles() throws Exception {
            assertRefused(
                    file("a", "1".repeat(100_000)) + part("name=\"profile\"", "no"),
                    400,
                    "unknown-profile");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{", "{} {}", "{\"a\":1,\"a\":2}", "nothing"})
        void hasMetadataThatIsNoObject(String metadata) throws Exception {
            assertRefused(
                    file("a", "1") + part("name=\"metadata\"", metadata), 400, "bad-metadata");
        }

        @Test
        void nestsItsMetadataTooDeep() throws Exception {
            String deep = "{\"a\":".repeat(50) + "1" + "}".repeat(50);
            assertRefused(file("a", "1") + part("name=\"metadata\"", deep), 400, "bad-metadata");
        }

        @Test
        void hasAFieldThatIsTooLong() throws Exception {
            assertRefused(
                    file("a", "1") + part("name=\"other\"", "x".repeat(65_537)), 413, "too-large");
        }

        @Test
        void hasAFileUnderAnotherName() throws Exception {
            assertRefused(part("name=\"picture\"; filename=\"a.jpg\"", "1"), 400, "malformed");
        }

        @Test
        void hasTooManyFiles() throws Exception {
            assertRefused(file("a", "1").repeat(11), 413, "too-large");
        }

        @Test
        void hasTooLargeAFile() throws Exception {
            assertRefused(file("a", "x".repeat(4 * 1024 * 1024 + 1)), 413, "too-large");
        }

        @Test
        void hasTenThousandParts() throws Exception {
            long start = System.nanoTime();
            StringBuilder parts = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                parts.append(part("name=\"a" + i + "\"", "1"));
            }
            assertRefused(parts.toString(), 413, "too-large");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
        }

        @Test
        void hasAHeaderOfAMegabyte() throws Exception {
            assertRefused(
                    part("name=\"a\"\r\nX: " + "x".repeat(1 << 20), ""), 431, "header-too-large");
        }

        @Test
        void endsTooEarly() throws Exception {
            Answer answer =
                    client.post(
                            BodyPublishers.ofString(file("a", "1".repeat(50_000))),
                            "Content-Type",
                            "multipart/form-data; boundary=" + BOUNDARY);
            assertThat(answer.status()).isEqualTo(400);
            edge.awaitEmptySpool();
        }

        @ParameterizedTest
        @ValueSource(ints = {71, 4091, 4096})
        void hasTooLongABoundary(int length) throws Exception {
            String boundary = "b".repeat(length);
            Answer answer =
                    client.post(
                            BodyPublishers.ofString(("\r\n--" + boundary).repeat(100)),
                            "Content-Type",
                            "multipart/form-data; boundary=" + boundary);
            assertThat(answer.status()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"klingon", "", "utf-16 utf-8"})
        void isWrittenInAnUnknownCharset(String charset) throws Exception {
            assertRefused(part("name=\"_charset_\"", charset) + file("a", "1"), 400, "malformed");
        }

        @Test
        void isNotWrittenInItsCharset() throws Exception {
            assertRefused(
                    part("name=\"_charset_\"", "US-ASCII")
                            + part("name=\"note\"", "ü")
                            + file("a", "1"),
                    400,
                    "malformed");
        }

        @Test
        void hasNoBoundary() throws Exception {
            assertThat(client.post("x", "Content-Type", "multipart/form-data").status())
                    .isEqualTo(400);
        }
    }
}
