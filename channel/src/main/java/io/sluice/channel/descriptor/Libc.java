package io.sluice.channel.descriptor;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The functions of the C library for what Java has no class. */
public final class Libc {
    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    public static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Libc() {}

    /** Links a function; a variadic one names its first open argument among the options. */
    @SuppressWarnings("restricted") // all that is called natively is linked here
    public static MethodHandle function(
            String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    }

    /** Where a function that is linked with {@link #errno} leaves its error. */
    public static StructLayout state() {
        return STATE;
    }

    /** Has the function tell its error, in a first argument of the {@link #state} layout. */
    public static Linker.Option errno() {
        return Linker.Option.captureCallState("errno");
    }

    /** The failure that a call left behind. */
    public static IOException failure(String call, MemorySegment state) {
        return new IOException("%s failed with errno %d".formatted(call, error(state)));
    }

    /** The error that a call left behind, as errno(3) numbers them. */
    public static int error(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** A call by method handle throws nothing of its own. */
    public static IllegalStateException impossible(Throwable thrown) {
        return new IllegalStateException("a native call threw", thrown);
    }
}
