package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param cores that Java sees
 * @param memory in MiB
 * @param load the average of the minute before: above 0 something else ran too
 */
public record Machine(
        int cores, double memory, String kernel, String processor, String jdk, double load) {
    /** This machine, now. */
    public static Machine here() throws IOException {
        List<String> cpu = Files.readAllLines(Path.of("/proc/cpuinfo"));
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                Memory.mebibytes(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal:"),
                System.getProperty("os.version"),
                cpu.stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch")),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]));
    }
}
