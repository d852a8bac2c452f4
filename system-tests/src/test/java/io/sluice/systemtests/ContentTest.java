package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentTest {
    private final Sluice sluice;
    private final Api api;
    private final byte[] text = TestFile.text(100_000, 20);
    private final String id;

    ContentTest(Sluice sluice) throws Exception {
        this.sluice = sluice;
        api = sluice.api();
        id = api.ready(text, "text/plain");
    }

    @Test
    void hasTheSameHeadWithAndWithoutItsBody() throws Exception {
        Answer get = api.content(id).isStatus(200);
        Answer head = api.head(Api.UPLOADS + "/" + id + "/content").isStatus(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"etag", "last-modified", "content-length"}) {
            assertThat(head.header(name)).isEqualTo(get.header(name));
        }
        assertThat(get.header("content-length")).isEqualTo(Integer.toString(text.length));
        assertThat(get.header("accept-ranges")).isEqualTo("bytes");
    }

    @Test
    void canDoNoHarmInABrowser() throws Exception {
        Answer get = api.content(id).isStatus(200);
        assertThat(get.header("content-disposition")).startsWith("attachment");
        assertThat(get.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(get.header("content-security-policy")).contains("sandbox");
    }

    @Test
    void isNotSentAgainToWhomHasIt() throws Exception {
        String etag = api.content(id).header("etag");
        assertThat(api.content(id, "If-None-Match", etag).isStatus(304).body()).isEmpty();
        api.content(id, "If-None-Match", "\"another\"").isStatus(200);
        api.content(id, "If-Match", "\"another\"").isProblem(412, "precondition-failed");
    }

    @Nested
    class ARange {
        @Test
        void isCutOut() throws Exception {
            Answer part = api.content(id, "Range", "bytes=10-19").isStatus(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(text, 10, 20));
            assertThat(part.header("content-range")).isEqualTo("bytes 10-19/100000");
        }

        @Test
        void mayCountFromTheEnd() throws Exception {
            Answer part = api.content(id, "Range", "bytes=-5").isStatus(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(text, 99_995, 100_000));
        }

        @Test
        void mayReachBeyondTheEnd() throws Exception {
            Answer part = api.content(id, "Range", "bytes=99990-200000").isStatus(206);
            assertThat(part.body()).hasSize(10);
        }

        @Test
        void behindTheEndIsRefused() throws Exception {
            Answer answer = api.content(id, "Range", "bytes=100000-");
            answer.isProblem(416, "range-not-satisfiable");
            assertThat(answer.header("content-range")).isEqualTo("bytes */100000");
        }

        @Test
        void mayHaveSeveralParts() throws Exception {
            Answer parts = api.content(id, "Range", "bytes=0-4,50000-50009").isStatus(206);
            assertThat(parts.header("content-type")).startsWith("multipart/byteranges; boundary=");
            String body = new String(parts.body(), StandardCharsets.US_ASCII);
            String all = new String(text, StandardCharsets.US_ASCII);
            assertThat(body)
                    .containsIgnoringCase("Content-Range: bytes 0-4/100000")
                    .contains("\r\n\r\n" + all.substring(0, 5) + "\r\n")
                    .containsIgnoringCase("Content-Range: bytes 50000-50009/100000")
                    .contains("\r\n\r\n" + all.substring(50_000, 50_010) + "\r\n");
            assertThat(parts.header("content-length")).isEqualTo("" + parts.body().length);
        }

        @Test
        void ofAnotherVersionGivesTheWhole() throws Exception {
            String etag = api.content(id).header("etag");
            api.content(id, "Range", "bytes=0-4", "If-Range", etag).isStatus(206);
            api.content(id, "Range", "bytes=0-4", "If-Range", "\"another\"").isStatus(200);
        }
    }

    @Nested
    class TheUploadItself {
        @Test
        void isNotSentAgainToWhomHasIt() throws Exception {
            Answer first = api.get(Api.UPLOADS + "/" + id).isStatus(200);
            String etag = first.header("etag");
            api.get(Api.UPLOADS + "/" + id, "If-None-Match", etag).isStatus(304);
        }

        @Test
        void isGoneWithItsBytesOnceDeleted() throws Exception {
            String doomed = api.ready(TestFile.photo("doomed"), "image/jpeg");
            api.rendition(doomed, "thumb").isStatus(200);
            api.delete(Api.UPLOADS + "/" + doomed).isStatus(204);
            assertThat(api.get(Api.UPLOADS + "/" + doomed).status()).isIn(404, 410);
            assertThat(api.content(doomed).status()).isIn(404, 410);
            assertThat(api.rendition(doomed, "thumb").status()).isIn(404, 410);
            Path store = sluice.data().resolve("store");
            await().untilAsserted(() ->
                    assertThat(Trees.names(store))
                            .noneMatch(name -> name.toString().contains(doomed)));
        }
    }
}
