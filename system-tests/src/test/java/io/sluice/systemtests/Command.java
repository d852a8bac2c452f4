package io.sluice.systemtests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code ./sluice} that came to its end.
 *
 * @param exit its exit code
 * @param lines what it printed, errors too
 */
record Command(int exit, List<String> lines) {
    /** The root of the repository; a module's tests run in the module's directory. */
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final int PATIENCE_SECONDS = 60;

    /** Runs {@code ./sluice} with the arguments. */
    static Command run(Object... arguments) throws IOException, InterruptedException {
        Process process = start(List.of(arguments).stream().map(Object::toString).toList());
        CompletableFuture<List<String>> lines =
                CompletableFuture.supplyAsync(
                        () -> process.inputReader().lines().filter(l -> !l.isBlank()).toList());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError(
                    "./sluice %s doesn't end: %s".formatted(List.of(arguments), lines.join()));
        }
        return new Command(process.exitValue(), lines.join());
    }

    /**
     * Starts {@code ./sluice} with the arguments; nothing is built or trained, and errors go to the
     * output.
     */
    static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("sluice").toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("SLUICE_NO_BUILD", "1");
        environment.put("SLUICE_TRAIN", "no");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** All that was printed, as one text. */
    String text() {
        return String.join("\n", lines);
    }
}
