package io.sluice.worker.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;

/**
 * What this process may use up (setrlimit(2)). RLIMIT_AS is no use with a JVM, which reserves far
 * more address space than it fills: RLIMIT_DATA counts what is private and writable.
 */
final class ProcessLimits {
    private static final int CPU_SECONDS = 0; // RLIMIT_CPU
    private static final int FILE_LENGTH = 1; // RLIMIT_FSIZE
    private static final int DATA = 2; // RLIMIT_DATA
    private static final int CORE = 4; // RLIMIT_CORE
    private static final int OPEN_FILES = 7; // RLIMIT_NOFILE
    private static final long LONGEST_FILE = 1L << 30;
    private static final int PROCESS_CPU_TIME = 2; // CLOCK_PROCESS_CPUTIME_ID
    private static final long UNLIMITED = -1;

    private final Kernel kernel;

    ProcessLimits(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Sets all but the time, which each picture gets anew. */
    void set(SandboxSettings settings) throws IOException {
        set(DATA, settings.memory(), settings.memory());
        set(OPEN_FILES, settings.openFiles(), settings.openFiles());
        set(CORE, 0, 0);
        set(FILE_LENGTH, LONGEST_FILE, LONGEST_FILE);
    }

    /** Whether they are set; with the bound of memory it is told in the same units. */
    boolean hold(SandboxSettings settings) throws IOException {
        return current(DATA) == settings.memory()
                && current(OPEN_FILES) == settings.openFiles()
                && current(CORE) == 0;
    }

    /** The kernel ends this process when it has computed for so much longer. */
    void allowCpu(long seconds) throws IOException {
        set(CPU_SECONDS, usedSeconds() + seconds, UNLIMITED);
    }

    private long usedSeconds() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            kernel.require(Syscall.CLOCK_GETTIME, PROCESS_CPU_TIME, time.address());
            long nanos = time.get(ValueLayout.JAVA_LONG, 8);
            return time.get(ValueLayout.JAVA_LONG, 0)
                    + (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
        }
    }

    private void set(int resource, long soft, long hard) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            limit.set(ValueLayout.JAVA_LONG, 0, soft);
            limit.set(ValueLayout.JAVA_LONG, 8, hard);
            kernel.require(Syscall.PRLIMIT64, 0, resource, limit.address(), 0);
        }
    }

    private long current(int resource) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            kernel.require(Syscall.PRLIMIT64, 0, resource, 0, limit.address());
            return limit.get(ValueLayout.JAVA_LONG, 0);
        }
    }
}
