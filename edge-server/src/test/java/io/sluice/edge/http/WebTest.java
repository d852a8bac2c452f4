package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithEdgeServer.class)
class WebTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/web/[^\"]+)\"");

    private final Client anybody;

    WebTest(EdgeServer edge) {
        anybody = edge.client().as("");
    }

    @Nested
    class ThePage {
        @Test
        void isThereForAnybody() throws Exception {
            Answer page = anybody.get("/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(page.text()).contains("<title>Sluice</title>");
        }

        @Test
        void mayDoNothingInlineAndNothingElsewhere() throws Exception {
            Answer page = anybody.get("/");
            assertThat(page.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; ")
                    .contains("script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "http", "data:");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(page.text()).doesNotContain("<style", " style=", "onclick", "//");
        }

        @Test
        void mayDoTheSameWhenTheBrowserHasItAlready() throws Exception {
            Answer page = anybody.get("/");
            Answer again = anybody.get("/", "If-None-Match", page.header("ETag"));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.header("Content-Security-Policy"))
                    .isEqualTo(page.header("Content-Security-Policy"));
        }

        @Test
        void loadsWhatIsThere() throws Exception {
            var links = LINK.matcher(anybody.get("/").text()).results().map(MatchResult::group);
            assertThat(links.map(link -> link.replaceAll(".*=\"|\"", "")).distinct())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(link -> assertThat(anybody.get(link).status()).isEqualTo(200));
        }

        @Test
        void isOnlyRead() throws Exception {
            Answer refused = anybody.send("POST", "/", BodyPublishers.noBody());
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "upload.js, text/javascript;charset=UTF-8",
        "upload.css, text/css;charset=UTF-8",
        "sluice.svg, image/svg+xml"
    })
    void hasItsType(String name, String type) throws Exception {
        assertThat(anybody.get("/web/" + name).header("Content-Type")).isEqualTo(type);
    }

    @Test
    void hasAHeadLikeItsAnswer() throws Exception {
        Answer whole = anybody.get("/web/upload.css");
        Answer head = anybody.head("/web/upload.css");
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo("" + whole.body().length);
        assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
    }

    @Test
    void isSentOnceToWhoKeepsIt() throws Exception {
        Answer first = anybody.get("/");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        Answer again = anybody.get("/", "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(anybody.get("/web/uppy-6.3.1.min.js").header("Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip", "gzip;q=0.5", "*", "deflate;q=0, gzip ;q=1.0"})
    void isCompressedForWhoWantsIt(String encodings) throws Exception {
        Answer plain = anybody.get("/web/upload.css");
        Answer small = anybody.get("/web/upload.css", "Accept-Encoding", encodings);
        assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(small.header("Vary")).contains("Accept-Encoding");
        assertThat(small.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                .isEqualTo(plain.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip;q=0.000, *;q=0", "br", "x-gzip2"})
    void isPlainForWhoDoesNot(String encodings) throws Exception {
        Answer answer = anybody.get("/web/upload.css", "Accept-Encoding", encodings);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Vary")).contains("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/web/", "/web/none.js", "/web/..%2fopenapi.json", "/web/a/b"})
    void isNothingElse(String path) throws Exception {
        assertThat(anybody.get(path).status()).isEqualTo(404);
    }
}
