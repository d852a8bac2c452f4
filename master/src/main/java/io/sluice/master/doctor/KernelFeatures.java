package io.sluice.master.doctor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel offers, tried rather than read off its version. */
final class KernelFeatures {
    private static final Path IO_URING = Path.of("/proc/sys/kernel/io_uring_disabled");

    private KernelFeatures() {}

    static List<Finding> examine() {
        String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
        if (!System.getProperty("os.name").equals("Linux")) {
            return List.of(Finding.missing("kernel", kernel + ": Sluice needs Linux"));
        }
        return List.of(
                Finding.ok("kernel", kernel),
                callable("epoll_create1", 0)
                        ? Finding.ok("epoll", "used by the edge's event loops")
                        : Finding.missing("epoll", "refused by the kernel or its sandbox"),
                ioUring(),
                memfd());
    }

    private static Finding ioUring() {
        try {
            return Files.exists(IO_URING) && !Files.readString(IO_URING).strip().equals("0")
                    ? Finding.ok("io_uring", "switched off here, and not used anyway")
                    : Finding.ok("io_uring", "there, not used: it was not faster");
        } catch (IOException e) {
            return Finding.ok("io_uring", "can't be told (" + e.getMessage() + "), and not used");
        }
    }

    private static Finding memfd() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle create =
                    handle("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
            int descriptor = (int) create.invokeExact(arena.allocateFrom("doctor"), 0);
            close(descriptor);
            return descriptor >= 0
                    ? Finding.ok("memfd", "there")
                    : Finding.less("memfd", "refused: files go by their path instead");
        } catch (Throwable e) {
            return Finding.less("memfd", "can't be called: " + e.getMessage());
        }
    }

    private static boolean callable(String function, int argument) {
        try {
            MethodHandle create = handle(function, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
            int descriptor = (int) create.invokeExact(argument);
            close(descriptor);
            return descriptor >= 0;
        } catch (Throwable e) {
            return false;
        }
    }

    private static void close(int descriptor) throws Throwable {
        if (descriptor >= 0) {
            int _ =
                    (int)
                            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                                    .invokeExact(descriptor);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String function, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), shape);
    }
}
