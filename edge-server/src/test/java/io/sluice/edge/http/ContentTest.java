package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(WithEdgeServer.class)
class ContentTest {
    private static final String BODY = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final EdgeServer edge;
    private final Client client;

    ContentTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
    }

    private String contentOf(String name) throws Exception {
        Answer upload = client.upload(name, BODY);
        return upload.json().path("links").path("content").asString();
    }

    @Nested
    class AnOriginal {
        @Test
        void isServedSafely() throws Exception {
            Answer answer = client.get(contentOf("a clean file.txt"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(BODY);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
            assertThat(answer.header("Content-Length")).isEqualTo("36");
            assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("sandbox")
                    .contains("default-src 'none'");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=");
            assertThat(answer.header("ETag")).matches("\"[0-9a-f]{32}\"");
            assertThat(answer.header("Last-Modified")).endsWith("GMT");
        }

        @Test
        void isWaitedForIfTheClientPrefersTo() throws Exception {
            Answer upload =
                    client.post(BODY, "Content-Disposition", "attachment; filename=clean.txt");
            String path = upload.json().path("links").path("content").asString();
            Answer answer = client.get(path, "Prefer", "wait=20");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(BODY);
        }

        @Test
        void isNotWaitedForLongerThanTheClientPrefers() throws Exception {
            assertThat(client.get(contentOf("hold it.txt"), "Prefer", "wait=1").code())
                    .isEqualTo("not-ready");
        }

        @Test
        void isDescribedWithoutItsBytes() throws Exception {
            Answer answer = client.head(contentOf("clean"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo("36");
            assertThat(answer.body()).isEmpty();
        }

        @Test
        void isNotSentToAClientThatHasIt() throws Exception {
            String path = contentOf("clean");
            String etag = client.get(path).header("ETag");
            String modified = client.get(path).header("Last-Modified");
            Answer same = client.get(path, "If-None-Match", "\"other\", W/" + etag);
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.header("ETag")).isEqualTo(etag);
            assertThat(same.body()).isEmpty();
            assertThat(client.get(path, "If-Modified-Since", modified).status()).isEqualTo(304);
            assertThat(client.get(path, "If-Match", "\"other\"").code())
                    .isEqualTo("precondition-failed");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "bytes=0-9 | 0123456789 | bytes 0-9/36",
                    "bytes=-3 | xyz | bytes 33-35/36",
                    "bytes=34- | yz | bytes 34-35/36"
                })
        void isServedInPart(String range, String part, String contentRange) throws Exception {
            Answer answer = client.get(contentOf("clean"), "Range", range);
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.text()).isEqualTo(part);
            assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
        }

        @Test
        void isServedInSeveralParts() throws Exception {
            Answer answer = client.get(contentOf("clean"), "Range", "bytes=0-1,10-11,-1");
            assertThat(answer.status()).isEqualTo(206);
            String boundary =
                    answer.header("Content-Type").replace("multipart/byteranges; boundary=", "");
            assertThat(answer.text())
                    .isEqualTo(
                            """
                            \r
                            --B\r
                            Content-Type: text/plain\r
                            Content-Range: bytes 0-1/36\r
                            \r
                            01\r
                            --B\r
                            Content-Type: text/plain\r
                            Content-Range: bytes 10-11/36\r
                            \r
                            ab\r
                            --B\r
                            Content-Type: text/plain\r
                            Content-Range: bytes 35-35/36\r
                            \r
                            z\r
                            --B--\r
                            """
                                    .replace("--B", "--" + boundary));
        }

        @Test
        void hasNoPartBehindItsEnd() throws Exception {
            Answer answer = client.get(contentOf("clean"), "Range", "bytes=36-");
            assertThat(answer.status()).isEqualTo(416);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */36");
        }

        @Test
        void isServedWholeWhenTheRangeIsOfAnotherVersion() throws Exception {
            Answer answer =
                    client.get(contentOf("clean"), "Range", "bytes=0-1", "If-Range", "\"other\"");
            assertThat(answer.status()).isEqualTo(200);
        }

        @Test
        void isNotFoundByOthers() throws Exception {
            String path = contentOf("clean");
            Client other = client.as(EdgeServer.OTHER_TENANT);
            String upload = path.replace("/content", "");
            for (String resource : new String[] {path, upload, upload + "/renditions/thumb"}) {
                assertThat(other.get(resource).status()).as(resource).isEqualTo(404);
            }
            assertThat(other.delete(upload).status()).isEqualTo(404);
            assertThat(other.get("/api/v1/uploads").json().path("uploads").size()).isZero();
            assertThat(client.get(path).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({
            "hold, 409, not-ready",
            "infected, 403, quarantined",
            "rejected, 403, rejected",
            "unscannable, 403, unscannable",
            "failed, 409, failed"
        })
        void isOnlyServedWhenItIsClean(String name, int status, String code) throws Exception {
            Answer answer = client.get(contentOf(name));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.text()).doesNotContain(BODY);
        }

        @Test
        void isGoneOnceItIsDeleted() throws Exception {
            String path = contentOf("clean");
            String upload = path.replace("/content", "");
            assertThat(client.delete(upload).status()).isEqualTo(204);
            assertThat(client.get(path).status()).isEqualTo(410);
            assertThat(client.get(upload).code()).isEqualTo("deleted");
            assertThat(client.delete(upload).status()).isEqualTo(404);
        }

        @Test
        void isNotHurtByAClientThatGoesAwayInTheMiddle() throws Exception {
            String large = "x".repeat(4_000_000);
            String path =
                    client.upload("clean", large).json().path("links").path("content").asString();
            for (int i = 0; i < 5; i++) {
                try (RawClient raw = edge.connect()) {
                    raw.send(
                            "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                                    .formatted(path, edge.adminKey()));
                    raw.readUntil("xxxx");
                    raw.reset();
                }
            }
            assertThat(client.get(path).body()).hasSize(large.length());
        }
    }

    @Nested
    class ARendition {
        @Test
        void isRenderedOnceAndThenHit() throws Exception {
            String upload = "/api/v1/uploads/" + client.upload("picture.png", BODY).id();
            Answer miss = client.get(upload + "/renditions/thumb");
            assertThat(miss.status()).as(miss.text()).isEqualTo(200);
            assertThat(miss.header("X-Cache")).isEqualTo("MISS");
            assertThat(miss.text()).isEqualTo(FakeProcessor.RENDERED);
            Answer hit = client.get(upload + "/renditions/thumb");
            assertThat(hit.header("X-Cache")).isEqualTo("HIT");
            assertThat(hit.text()).isEqualTo(FakeProcessor.RENDERED);
            assertThat(hit.header("Content-Type")).isEqualTo("image/webp");
            Answer part = client.get(upload + "/renditions/thumb", "Range", "bytes=4-8");
            assertThat(part.body()).isEqualTo("bytes".getBytes(StandardCharsets.UTF_8));
            assertThat(
                            client.get(
                                            upload + "/renditions/thumb",
                                            "If-None-Match",
                                            hit.header("ETag"))
                                    .status())
                    .isEqualTo(304);
        }

        @Test
        void isNotFoundUnderAnotherNameOrOfAText() throws Exception {
            String picture = "/api/v1/uploads/" + client.upload("picture.png", BODY).id();
            assertThat(client.get(picture + "/renditions/no").code()).isEqualTo("not-found");
            String text = "/api/v1/uploads/" + client.upload("text.txt", BODY).id();
            assertThat(client.get(text + "/renditions/thumb").code()).isEqualTo("not-found");
        }
    }
}
