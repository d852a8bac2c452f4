package io.sluice.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs one of this module's programs in a JVM of its own, with the flags of an edge. */
final class ChildJvm {
    private ChildJvm() {}

    /**
     * What the program prints.
     *
     * @param input what it reads
     * @throws IOException if it fails; its own words are on standard error
     * @throws InterruptedException if the caller doesn't want to wait any more
     */
    static String output(Class<?> program, String input) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:+UseCompactObjectHeaders",
                                        "-Xmx256m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        program.getName()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(program.getName() + " ended with " + process.exitValue());
        }
        return output;
    }
}
