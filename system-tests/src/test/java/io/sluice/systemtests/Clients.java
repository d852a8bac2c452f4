package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Clients that others have published, installed by {@code npm} from the lock file of {@code
 * src/test/clients} and not changed, and the scripts there that use them.
 */
final class Clients {
    /** Where the scripts are; they run here. */
    private static final Path SOURCES = Path.of("src/test/clients");

    private static final Path HOME = Path.of("target/clients").toAbsolutePath();
    private static final int INSTALL_MINUTES = 2;
    private static final int RUN_SECONDS = 100;

    private Clients() {}

    /**
     * The folder with all of them and the scripts. The first call installs them; skips without
     * Node.
     */
    static synchronized Path install() throws IOException, InterruptedException {
        PythonProcessor.assumeOnPath("node");
        PythonProcessor.assumeOnPath("npm");
        Path lock = SOURCES.resolve("package-lock.json");
        Path installed = HOME.resolve("node_modules/installed-lock.json");
        copyScripts();
        if (Files.notExists(installed) || Files.mismatch(lock, installed) >= 0) {
            Process npm =
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(HOME.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(HOME.resolve("npm.log").toFile())
                            .start();
            boolean isOver = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
            npm.destroy();
            assertThat(isOver && npm.exitValue() == 0)
                    .as(() -> "npm ci: " + read(HOME.resolve("npm.log")))
                    .isTrue();
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return HOME;
    }

    private static void copyScripts() throws IOException {
        Files.createDirectories(HOME);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path each : sources.toList()) {
                Files.copy(
                        each,
                        HOME.resolve(each.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Runs a program among the scripts, and gives what it printed, by lines. It must succeed. */
    static List<String> run(Api api, Consumer<String> each, Object... command)
            throws IOException, InterruptedException {
        copyScripts();
        Path errors = HOME.resolve("errors.log");
        ProcessBuilder builder =
                new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
                        .directory(HOME.toFile())
                        .redirectError(errors.toFile());
        builder.environment().put("SLUICE_KEY", api.key());
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                each.accept(line);
            }
            assertThat(process.waitFor(RUN_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(() -> String.join("\n", lines) + '\n' + read(errors))
                .isZero();
        return lines;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
