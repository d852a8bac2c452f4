package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A process with all its descendants: looked up each time, as workers come and go. */
public record Processes(ProcessHandle root) {
    /** The pids, the root's first. */
    public List<Long> pids() {
        return Stream.concat(Stream.of(root), root.descendants()).map(ProcessHandle::pid).toList();
    }

    /** User and system seconds used so far, with those of the ended descendants. */
    public double cpuSeconds() throws IOException {
        return cpuSeconds(pids());
    }

    /** User and system seconds of some processes. */
    public static double cpuSeconds(List<Long> pids) throws IOException {
        double seconds = 0;
        for (long pid : pids) {
            seconds += ProcStat.cpuSeconds(pid);
        }
        return seconds;
    }
}
