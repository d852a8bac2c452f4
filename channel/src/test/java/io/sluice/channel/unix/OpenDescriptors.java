package io.sluice.channel.unix;

import io.sluice.channel.descriptor.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The descriptors that this process has open. */
final class OpenDescriptors {
    private static final int NUMBER_OF_FILES = 7;
    private static final MethodHandle LIMIT =
            Libc.function(
                    "prlimit",
                    FunctionDescriptor.of(
                            Libc.INT, Libc.INT, Libc.INT, Libc.POINTER, Libc.POINTER));

    private OpenDescriptors() {}

    /** How many of them are of files below a directory. */
    static long below(Path directory) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> leads(each, directory)).count();
        }
    }

    private static boolean leads(Path descriptor, Path directory) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** Runs something while this process can't open anything more. */
    static void withNoneLeft(Runnable what) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment none = arena.allocate(ValueLayout.JAVA_LONG, 2);
            MemorySegment before = arena.allocate(ValueLayout.JAVA_LONG, 2);
            limit(MemorySegment.NULL, before);
            none.setAtIndex(ValueLayout.JAVA_LONG, 1, before.getAtIndex(ValueLayout.JAVA_LONG, 1));
            limit(none, MemorySegment.NULL);
            try {
                what.run();
            } finally {
                limit(before, MemorySegment.NULL);
            }
        }
    }

    private static void limit(MemorySegment wanted, MemorySegment before) throws IOException {
        try {
            if ((int) LIMIT.invokeExact(0, NUMBER_OF_FILES, wanted, before) != 0) {
                throw new IOException("prlimit failed");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }
}
