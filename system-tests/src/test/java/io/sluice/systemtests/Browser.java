package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window. */
final class Browser implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** What a request that is refused, or not answered, looks like in the console. */
    private static final String FAILED_LOAD = "Failed to load resource";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open(String... more) {
        assumeThat(PROGRAM).as("Debian's chromium").exists();
        assumeThat(DRIVER).as("Debian's chromium-driver").exists();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars");
        options.addArguments(more);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .usingAnyFreePort()
                                .build(),
                        options);
        driver.manage().timeouts().scriptTimeout(Sluice.PATIENCE);
        return new Browser(driver);
    }

    void go(String url) {
        driver.get(url);
    }

    /** Sets the size of the page in pixels of CSS. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Whether its user likes pages dark. */
    void dark(boolean isLiked) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        isLiked ? "dark" : "light"))));
    }

    /** How many bytes the page can send in a second; -1 for as many as it can. */
    void upstream(int bytesPerSecond) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        false,
                        "latency",
                        0,
                        "downloadThroughput",
                        -1,
                        "uploadThroughput",
                        bytesPerSecond));
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> findAll(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** What a script in the page returns; nothing is an empty text. */
    Object run(String script, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
    }

    /** What a script in the page hands to its callback, the last argument. */
    Object runAsync(String script, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeAsyncScript(script, arguments), "");
    }

    /** Types on the keyboard, wherever the focus is. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Goes with the Tab key until the element has the focus. */
    void tabTo(String css) {
        for (int i = 0; i < 20; i++) {
            if ((boolean)
                    run("return document.activeElement?.matches(arguments[0]) ?? false", css)) {
                return;
            }
            type(Keys.TAB);
        }
        throw new AssertionError("the Tab key doesn't lead to " + css);
    }

    /** Chooses files, as the dialogue that no test can see would. */
    void choose(String css, Path... files) {
        find(css)
                .sendKeys(
                        String.join(
                                "\n",
                                List.of(files).stream()
                                        .map(Path::toAbsolutePath)
                                        .map(Path::toString)
                                        .toList()));
    }

    /** What the console has shown since the last time. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Asserts that the console has shown nothing, but for requests that were refused. */
    void isQuiet() {
        assertThat(console()).allMatch(line -> line.contains(FAILED_LOAD));
    }

    /** Asserts that the console has shown nothing at all. */
    void isSilent() {
        assertThat(console()).isEmpty();
    }

    /** Keeps a picture of the page for the documents, if {@code -Dsluice.pictures=true} asks. */
    void picture(String name) throws Exception {
        if (Boolean.getBoolean("sluice.pictures")) {
            Path target = Path.of("../docs/images").resolve(name + ".png");
            Files.createDirectories(target.getParent());
            File taken = driver.getScreenshotAs(OutputType.FILE);
            Files.move(taken.toPath(), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
