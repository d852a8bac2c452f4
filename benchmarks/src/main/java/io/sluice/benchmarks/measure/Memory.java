package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of processes, in MiB.
 *
 * @param resident with what is shared with other processes
 * @param proportional with each one's part of what is shared
 */
public record Memory(double resident, double proportional) {
    /** Together. */
    public Memory plus(Memory other) {
        return new Memory(resident + other.resident, proportional + other.proportional);
    }

    /** Of one process now. */
    public static Memory of(long pid) throws IOException {
        List<String> lines = Files.readAllLines(proc(pid, "smaps_rollup"));
        return new Memory(mebibytes(lines, "Rss:"), mebibytes(lines, "Pss:"));
    }

    /** The most that some processes had resident since {@link #forgetPeaks}, summed. */
    public static double peak(List<Long> pids) throws IOException {
        return sum(pids, "VmHWM:");
    }

    /** What some processes have resident now, summed; counted as the peak is. */
    public static double now(List<Long> pids) throws IOException {
        return sum(pids, "VmRSS:");
    }

    /** Lets the kernel measure the peaks from now on. */
    public static void forgetPeaks(List<Long> pids) throws IOException {
        for (long pid : pids) {
            Files.writeString(proc(pid, "clear_refs"), "5");
        }
    }

    private static double sum(List<Long> pids, String field) throws IOException {
        double sum = 0;
        for (long pid : pids) {
            sum += mebibytes(Files.readAllLines(proc(pid, "status")), field);
        }
        return sum;
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    static double mebibytes(List<String> lines, String field) {
        return lines.stream()
                        .filter(line -> line.startsWith(field))
                        .map(line -> line.substring(field.length()).replace("kB", "").strip())
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("no " + field + " in " + lines))
                / 1024.0;
    }
}
