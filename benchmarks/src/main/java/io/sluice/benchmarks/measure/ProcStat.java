package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The CPU time in {@code /proc/PID/stat}. */
final class ProcStat {
    /** What the kernel counts in for programs, on every architecture that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** utime, stime, cutime and cstime, counted from the field after the program's name. */
    private static final int FIRST = 11;

    private static final int LAST = 14;

    private ProcStat() {}

    /** CPU seconds of a process and of the children it has waited for; 0 if it is gone. */
    static double cpuSeconds(long pid) throws IOException {
        try {
            return cpuSeconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (NoSuchFileException e) {
            // What it used is in its parent's count from now on.
            return 0;
        }
    }

    static double cpuSeconds(String stat) {
        // The name may hold blanks and brackets.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int field = FIRST; field <= LAST; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
