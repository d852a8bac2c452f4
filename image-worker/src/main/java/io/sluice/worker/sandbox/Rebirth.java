package io.sluice.worker.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts this process's program again in its place (execve(2)), with an environment of its own. */
final class Rebirth {
    /** Says in the new program's environment that it is the new one. */
    private static final String MARK = "SLUICE_WORKER_REBORN";

    /** What libvips, glibc and the finder of libraries are told; nothing else comes along. */
    private static final List<String> ENVIRONMENT =
            List.of(
                    MARK + "=1",
                    "LANG=C.UTF-8",
                    "MALLOC_ARENA_MAX=2",
                    "VIPS_BLOCK_UNTRUSTED=1",
                    "VIPS_DISC_THRESHOLD=1000g"); // never a temporary file

    private static final List<String> KEPT = List.of("LD_LIBRARY_PATH", "SLUICE_WORKER_LIBVIPS");

    private Rebirth() {}

    static boolean isReborn() {
        return System.getenv(MARK) != null;
    }

    static void begin(Kernel kernel) throws IOException {
        List<String> arguments = arguments();
        List<String> environment = new ArrayList<>(ENVIRONMENT);
        for (String name : KEPT) {
            String value = System.getenv(name);
            if (value != null) {
                environment.add(name + "=" + value);
            }
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try (Arena arena = Arena.ofConfined()) {
            Kernel.Answer answer =
                    kernel.call(
                            Syscall.EXECVE,
                            arena.allocateFrom(java.toString()).address(),
                            strings(arena, arguments),
                            strings(arena, environment));
            throw new IOException(
                    "%s could not be started again: errno %d".formatted(java, answer.errno()));
        }
    }

    private static List<String> arguments() throws IOException {
        String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
        return List.of(line.substring(0, line.length() - 1).split("\0", -1));
    }

    private static long strings(SegmentAllocator arena, List<String> strings) {
        MemorySegment pointers = arena.allocate(ValueLayout.JAVA_LONG, strings.size() + 1L);
        for (int i = 0; i < strings.size(); i++) {
            pointers.setAtIndex(
                    ValueLayout.JAVA_LONG, i, arena.allocateFrom(strings.get(i)).address());
        }
        return pointers.address();
    }
}
