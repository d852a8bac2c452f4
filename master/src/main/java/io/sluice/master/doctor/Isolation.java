package io.sluice.master.doctor;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel offers to keep image workers from everything else. */
final class Isolation {
    private static final long LANDLOCK_CREATE_RULESET = 444; // on every machine
    private static final long VERSION = 1;
    private static final Path SECCOMP = Path.of("/proc/sys/kernel/seccomp/actions_avail");

    private Isolation() {}

    static List<Finding> examine() {
        return List.of(seccomp(), landlock());
    }

    private static Finding seccomp() {
        try {
            return Files.readString(SECCOMP).contains("errno")
                    ? Finding.ok("seccomp", "keeps image workers from programs and the network")
                    : Finding.less("seccomp", "without errno: image workers run without a filter");
        } catch (IOException e) {
            return Finding.less(
                    "seccomp", "not in this kernel: image workers run without a filter");
        }
    }

    private static Finding landlock() {
        long version = landlockVersion();
        return version > 0
                ? Finding.ok(
                        "landlock",
                        "ABI %d, keeps image workers from other files".formatted(version))
                : Finding.less(
                        "landlock",
                        "not in this kernel, or hidden by a container's sandbox: image workers can read what this user can");
    }

    @SuppressWarnings("restricted")
    private static long landlockVersion() {
        Linker linker = Linker.nativeLinker();
        MethodHandle syscall =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("syscall"),
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                        Linker.Option.firstVariadicArg(1));
        try {
            return (long) syscall.invokeExact(LANDLOCK_CREATE_RULESET, 0L, 0L, VERSION);
        } catch (Throwable e) {
            throw new IllegalStateException("a system call threw", e);
        }
    }
}
