package io.sluice.benchmarks;

import io.sluice.benchmarks.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a benchmark leaves for programs.
 *
 * @param command that repeats it
 * @param result the benchmark's own record
 */
record Report(String name, String command, Machine machine, Object result) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Writes it where {@code ./sluice bench} says. */
    void write() throws IOException {
        Path directory = Files.createDirectories(Options.target().resolve("results"));
        Path file = directory.resolve(name + ".json");
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        System.out.println("\n" + Options.home().relativize(file));
    }

    /** What a reader must know before the figures. */
    static void printHead(String command, Machine machine) {
        System.out.printf(
                "%s%n%d cores (%s), %.1f GiB, Linux %s, %s, load before %.2f%n%n",
                command,
                machine.cores(),
                machine.processor(),
                machine.memory() / 1024,
                machine.kernel(),
                machine.jdk(),
                machine.load());
    }
}
