package io.sluice.worker.vips;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/**
 * A C function whose arguments and result are pointers, sizes or ints, each carried in a machine
 * word. The calling conventions libvips is built for (System V x86-64, AAPCS64) pass all of these
 * in the same registers, so the few arities are the only shapes the linker has to prepare: that
 * halves the start-up time of the binding.
 */
final class NativeFunction {
    private final MethodHandle handle;

    @SuppressWarnings("restricted") // the one door to native code; the manifest opens it
    NativeFunction(SymbolLookup library, String name, int arity) {
        var words = Collections.nCopies(arity, ValueLayout.JAVA_LONG);
        this.handle =
                Linker.nativeLinker()
                        .downcallHandle(
                                library.find(name)
                                        .orElseThrow(
                                                () -> new UnsatisfiedLinkError("lacks " + name)),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_LONG, words.toArray(MemoryLayout[]::new)));
    }

    long call() {
        try {
            return (long) handle.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long call(long a) {
        try {
            return (long) handle.invokeExact(a);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long call(long a, long b) {
        try {
            return (long) handle.invokeExact(a, b);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long call(long a, long b, long c) {
        try {
            return (long) handle.invokeExact(a, b, c);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long call(long a, long b, long c, long d, long e, long f) {
        try {
            return (long) handle.invokeExact(a, b, c, d, e, f);
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }
}
