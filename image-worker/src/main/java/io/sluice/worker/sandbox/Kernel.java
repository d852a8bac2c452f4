package io.sluice.worker.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;

/** System calls, and what they answered. Each argument is carried in a machine word. */
final class Kernel {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int ENOSYS = 38;

    private static final int MOST_ARGUMENTS = 6;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final int AT_FDCWD = -100;

    private final MethodHandle syscall = syscall();
    private final Machine machine;

    /**
     * What a call returned.
     *
     * @param errno means something only if it failed
     */
    record Answer(long value, int errno) {
        boolean failed() {
            return value == -1;
        }

        boolean failedWith(int expected) {
            return failed() && errno == expected;
        }
    }

    Kernel(Machine machine) {
        this.machine = machine;
    }

    @SuppressWarnings("restricted") // the one function of the C library that is called here
    private static MethodHandle syscall() {
        var words = Collections.nCopies(MOST_ARGUMENTS + 1, ValueLayout.JAVA_LONG);
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, words.toArray(MemoryLayout[]::new)),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    Machine machine() {
        return machine;
    }

    /** Makes the call; one that the machine doesn't have fails like an unknown one. */
    Answer call(Syscall call, long... arguments) {
        var number = call.number(machine);
        return number.isEmpty() ? new Answer(-1, ENOSYS) : call(number.getAsInt(), arguments);
    }

    /** Makes the call of that number. */
    Answer call(int number, long... arguments) {
        long[] all = Arrays.copyOf(arguments, MOST_ARGUMENTS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long value =
                    (long)
                            syscall.invokeExact(
                                    state,
                                    (long) number,
                                    all[0],
                                    all[1],
                                    all[2],
                                    all[3],
                                    all[4],
                                    all[5]);
            return new Answer(value, (int) ERRNO.get(state, 0L));
        } catch (Throwable e) {
            throw new IllegalStateException("a system call threw", e);
        }
    }

    /** Makes the call, which must succeed. */
    long require(Syscall call, long... arguments) throws IOException {
        Answer answer = call(call, arguments);
        if (answer.failed()) {
            throw new IOException("%s failed with errno %d".formatted(call, answer.errno()));
        }
        return answer.value();
    }

    /** open(2). */
    Answer open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return call(
                    Syscall.OPENAT,
                    AT_FDCWD,
                    arena.allocateFrom(path.toString()).address(),
                    flags,
                    0);
        }
    }
}
