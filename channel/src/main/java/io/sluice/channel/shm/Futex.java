package io.sluice.channel.shm;

import static io.sluice.channel.descriptor.Libc.LONG;
import static io.sluice.channel.descriptor.Libc.POINTER;

import io.sluice.channel.descriptor.Libc;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The kernel's wait on a word of shared memory, see futex(2). Not the private kind, as the waker is
 * another process.
 */
final class Futex {
    private static final long WAIT = 0;
    private static final long WAKE = 1;

    /** The call's number differs by the processor. */
    private static final long NUMBER = System.getProperty("os.arch").equals("aarch64") ? 98 : 202;

    private static final MethodHandle SYSCALL =
            Libc.function(
                    "syscall",
                    FunctionDescriptor.of(LONG, LONG, POINTER, LONG, LONG, POINTER, POINTER, LONG),
                    Linker.Option.firstVariadicArg(1));

    private Futex() {}

    /**
     * Sleeps while the word has the value, until a wake, the time-out, or for no reason at all.
     *
     * @param timeout a {@code struct timespec}
     */
    static void await(MemorySegment word, int value, MemorySegment timeout) {
        call(word, WAIT, value, timeout);
    }

    /** Wakes the one that sleeps on the word, if any; false when the kernel has no such call. */
    static boolean wake(MemorySegment word) {
        return call(word, WAKE, 1, MemorySegment.NULL) >= 0;
    }

    private static long call(MemorySegment word, long operation, long value, MemorySegment time) {
        try {
            return (long)
                    SYSCALL.invokeExact(
                            NUMBER, word, operation, value, time, MemorySegment.NULL, 0L);
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }
}
