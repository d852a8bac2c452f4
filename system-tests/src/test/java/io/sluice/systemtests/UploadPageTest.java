package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page at the root, in a real browser. */
@ExtendWith(Shared.class)
class UploadPageTest {
    private static final String FIRST = "#uploads > li:first-child";
    private static final int NARROW = 400;
    private static final int HEIGHT = 900;
    private static final int WIDE = 860;

    private static Browser browser;

    private final Sluice sluice;

    @TempDir private Path files;

    UploadPageTest(Sluice sluice) {
        this.sluice = sluice;
    }

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void load() {
        browser.upstream(-1);
        browser.dark(false);
        browser.size(WIDE, HEIGHT);
        browser.go(sluice.base() + "/");
        browser.run("sessionStorage.clear(); localStorage.clear()");
        browser.go(sluice.base() + "/");
        browser.console();
    }

    private Path file(String name, byte[] bytes) throws Exception {
        return Files.write(files.resolve(name), bytes);
    }

    private static void enter(String key) {
        browser.find("#key").sendKeys(key, Keys.ENTER);
    }

    private void enterKey() {
        enter(sluice.api().key());
        await().atMost(Sluice.PATIENCE).until(() -> browser.find("#drop").isDisplayed());
    }

    private static void send(Path... chosen) {
        browser.choose("#files", chosen);
    }

    private static void awaitState(String state) {
        await().atMost(Sluice.PATIENCE)
                .until(() -> browser.findAll(FIRST + "[data-state=" + state + "]").size() == 1);
    }

    private static String text(String css) {
        return browser.find(css).getText();
    }

    @Test
    void showsAPhotographsWayUpToItsRenditions() throws Exception {
        enterKey();
        send(file("harbour.jpg", TestFile.read("camera.jpg")));
        awaitState("ready");
        await().atMost(Sluice.PATIENCE).until(() -> pictures() == 2);

        assertThat(text(FIRST + " .name")).isEqualTo("harbour.jpg");
        assertThat(text(FIRST + " .facts"))
                .startsWith("image/jpeg · 1278 × 720 px · 322 KiB · scanned by");
        assertThat(browser.findAll(FIRST + " .story li").stream().map(WebElement::getText))
                .hasSize(3)
                .satisfies(steps -> {
                    assertThat(steps.get(0)).isEqualTo("Stored +0.0 s");
                    assertThat(steps.get(1)).startsWith("Processing +");
                    assertThat(steps.get(2)).startsWith("Ready +");
                });
        assertThat(text(FIRST + " .renditions"))
                .contains("thumb\n200 × 200 px · ", "medium\n1200 × 676 px · ");
        browser.isSilent();
    }

    /** How many renditions are shown, decoded and not broken. */
    private static long pictures() {
        return (long)
                browser.run(
                        "return [...document.querySelectorAll(arguments[0])]"
                                + ".filter(i => i.complete && i.naturalWidth > 0).length",
                        FIRST + " .renditions img");
    }

    @Test
    void saysWhyMalwareIsKeptApart() throws Exception {
        enterKey();
        send(file("invoice.txt", TestFile.eicar()));
        awaitState("quarantined");
        assertThat(text(FIRST + " .badge")).isEqualTo("Quarantined");
        assertThat(text(FIRST + " .status")).contains("Eicar-Test-Signature");
        assertThat(browser.findAll(FIRST + " .renditions *")).isEmpty();

        send(file("harbour.jpg", TestFile.read("camera.jpg")));
        awaitState("ready");
        await().atMost(Sluice.PATIENCE).until(() -> pictures() == 2);
        assertThat(browser.findAll("#uploads > [data-state=quarantined]")).hasSize(1);
        browser.picture("upload-page");
        browser.isSilent();
    }

    @Test
    void takesAHostileNameForAText() throws Exception {
        String name = "<img src=x onerror=document.title='hacked'>.txt";
        enterKey();
        send(file(name, TestFile.text(1000, 80)));
        awaitState("ready");
        assertThat(text(FIRST + " .name")).isEqualTo(name);
        assertThat(browser.findAll(FIRST + " img")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("Sluice");
        browser.isSilent();
    }

    @Test
    void asksAgainWhenTheKeyIsWrong() {
        enter("sluice_wrong");
        await().atMost(Sluice.PATIENCE).until(() -> !text("#key-error").isEmpty());
        assertThat(text("#key-error")).startsWith("A valid API key is needed");
        assertThat(browser.find("#drop").isDisplayed()).isFalse();
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
        enterKey();
        browser.isQuiet();
    }

    @Test
    void keepsTheKeyForThisTabOnly() {
        enterKey();
        assertThat(browser.run("return Object.values(sessionStorage)").toString())
                .isEqualTo("[" + sluice.api().key() + "]");
        assertThat(browser.run("return localStorage.length + document.cookie.length"))
                .isEqualTo(0L);
        assertThat(browser.run("return location.href")).isEqualTo(sluice.base() + "/");
        browser.find("#forget").click();
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
        assertThat(browser.find("#key").isDisplayed()).isTrue();
    }

    @Test
    void saysWhatIsTooLarge() throws Exception {
        enterKey();
        assertThat(text("#limits")).startsWith("Up to 32.0 MiB each.");
        send(file("large.txt", new byte[(int) Shared.MAX_SIZE + 1]));
        awaitState("refused");
        assertThat(text(FIRST + " .status")).contains("larger than allowed");
        browser.isQuiet();
    }

    @Test
    void saysWhatIsNotAllowed() throws Exception {
        enterKey();
        send(file("paper.pdf", TestFile.read("document.pdf")));
        awaitState("rejected");
        assertThat(text(FIRST + " .status")).contains("application/pdf");
        browser.isSilent();
    }

    @Test
    void goesOnAfterAPauseAndAfterTheServerWasGone() throws Exception {
        byte[] bytes = TestFile.text(3 << 20, 81);
        enterKey();
        browser.upstream(256 << 10);
        send(file("long.txt", bytes));
        awaitProgress();
        browser.find(FIRST + " .actions button").click();
        awaitState("paused");
        browser.find(FIRST + " .actions button").click();
        awaitState("uploading");
        long killed = sluice.kill("edge");
        awaitState("waiting");
        browser.upstream(-1);
        sluice.awaitReady("edge", killed);
        awaitState("ready");
        String id =
                sluice.api().get(Api.UPLOADS + "?limit=1").json().at("/uploads/0/id").asString();
        assertThat(sluice.api().find(id).get("sha256").asString()).isEqualTo(Sha256.hex(bytes));
    }

    private static void awaitProgress() {
        await().atMost(Sluice.PATIENCE)
                .until(() ->
                        (boolean)
                                browser.run(
                                        "return document.querySelector('progress')?.value > 0"));
    }

    @Test
    void leavesNothingOfACancelledUpload() throws Exception {
        enterKey();
        List<Path> before = spooled();
        browser.upstream(256 << 10);
        send(file("regretted.txt", TestFile.text(3 << 20, 82)));
        awaitProgress();
        assertThat(spooled()).hasSizeGreaterThan(before.size());
        browser.find(FIRST + " .actions button:last-child").click();
        awaitState("cancelled");
        await().atMost(Sluice.PATIENCE).until(() -> before.containsAll(spooled()));
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> spooled = Files.list(sluice.data().resolve("spool"))) {
            return spooled.toList();
        }
    }

    @Test
    void canBeUsedByTheKeyboardAlone() throws Exception {
        browser.type(sluice.api().key(), Keys.ENTER);
        await().atMost(Sluice.PATIENCE).until(() -> browser.find("#drop").isDisplayed());
        browser.tabTo("#files");
        send(file("typed.txt", TestFile.text(1000, 83)));
        awaitState("ready");
        browser.tabTo(FIRST + " button");
        assertThat(browser.run("return document.activeElement.ariaLabel"))
                .isEqualTo("Clear typed.txt");
        browser.type(Keys.ENTER);
        assertThat(browser.findAll(FIRST)).isEmpty();
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("files");
        browser.isSilent();
    }

    @Test
    void fitsANarrowScreenAndTheDark() throws Exception {
        browser.size(NARROW, HEIGHT);
        enterKey();
        send(
                file(
                        "a-name-that-is-much-longer-than-any-narrow-screen-is-wide.jpg",
                        TestFile.photo("n")));
        awaitState("ready");
        assertThat(browser.run("return document.documentElement.scrollWidth"))
                .isEqualTo((long) NARROW);
        String light = ground();
        browser.dark(true);
        assertThat(ground()).isNotEqualTo(light);
        browser.picture("upload-page-narrow");
        browser.isSilent();
    }

    private static String ground() {
        return browser.run("return getComputedStyle(document.body).backgroundColor").toString();
    }

    @Test
    void letsAnUploadTokenSendButNotFetch() throws Exception {
        String token =
                sluice.api()
                        .send(
                                sluice.api()
                                        .request(
                                                "/api/v1/tokens",
                                                "Content-Type",
                                                "application/json")
                                        .POST(BodyPublishers.ofString("{}")))
                        .isStatus(201)
                        .json()
                        .get("token")
                        .asString();
        enter(token);
        await().atMost(Sluice.PATIENCE).until(() -> browser.find("#drop").isDisplayed());
        send(file("granted.jpg", TestFile.photo("token")));
        awaitState("ready");
        await().atMost(Sluice.PATIENCE)
                .until(() -> browser.findAll(FIRST + " .renditions li").size() == 2);
        assertThat(browser.findAll(FIRST + " img")).isEmpty();
        browser.isQuiet();
    }
}
