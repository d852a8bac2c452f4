package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Published clients in a real browser, on pages that are not Sluice's. */
@ExtendWith(Shared.class)
class BrowserClientsTest {
    private final Sluice sluice;

    private TusDemo demo;
    private Browser browser;

    BrowserClientsTest(Sluice sluice) {
        this.sluice = sluice;
    }

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        Path pages = Clients.install();
        demo = TusDemo.start(sluice, pages, directory);
        browser = Browser.open(demo.arguments());
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void tusJsClientPassesItsOwnEndToEndSpecs() {
        browser.go("https://" + TusDemo.HOST + "/specs.html");
        await().atMost(Sluice.PATIENCE)
                .until(() -> !browser.run("return window.specs ?? ''").equals(""));
        String results = browser.run("return window.specs").toString();
        assertThat(JsonMapper.shared().readTree(results))
                .hasSize(2)
                .allSatisfy(spec ->
                        assertThat(spec.get("status").asString()).as(results).isEqualTo("passed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tus", "xhr", "bundle"})
    void uppySendsWithAnEndpointAndAKeyOnly(String uploader) throws Exception {
        byte[] bytes = TestFile.text(3_000_000, 91);
        browser.go(demo.pages() + "/uppy.html");
        String answer =
                browser.runAsync(
                                """
                                const [base, key, uploader, text, done] = arguments;
                                send(base, key, uploader, text).catch(String).then(done);
                                """,
                                sluice.base().toString(),
                                sluice.api().key(),
                                uploader,
                                new String(bytes, StandardCharsets.US_ASCII))
                        .toString();
        assertThat(answer).contains("\"url\"");
        String url = JsonMapper.shared().readTree(answer).get("url").asString();
        JsonNode end = sluice.api().end(url.substring(url.lastIndexOf('/') + 1));
        assertThat(Api.state(end)).isEqualTo("ready");
        assertThat(end.get("sha256").asString()).isEqualTo(Sha256.hex(bytes));
        assertThat(end.get("filename").asString()).isEqualTo("größe 😀.txt");
        browser.isSilent();
    }
}
