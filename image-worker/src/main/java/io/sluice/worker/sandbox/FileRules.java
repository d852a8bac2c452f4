package io.sluice.worker.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Landlock rules: below which paths the calling thread, and all that it starts, may open files.
 * Where the kernel knows of them, TCP, abstract Unix sockets and signals to other processes are
 * ruled out too.
 */
final class FileRules {
    private static final long EXECUTE = 1;
    private static final long WRITE = 1 << 1;
    private static final long READ = 1 << 2;
    private static final long LIST = 1 << 3;
    private static final long TRUNCATE = 1 << 14;

    private static final long TCP = 0b11; // bind, connect
    private static final long SCOPES = 0b11; // abstract Unix sockets, signals

    private static final int ABI_WITH_TRUNCATE = 3;
    private static final int VERSION = 1;
    private static final int PATH_BENEATH = 1;

    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;

    private final Kernel kernel;
    private final int abi;
    private final long ruleset;

    /**
     * Rules that allow nothing yet.
     *
     * @param abi of {@link #abi}
     */
    FileRules(Kernel kernel, int abi) throws IOException {
        this.kernel = kernel;
        this.abi = abi;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(24, 8); // struct landlock_ruleset_attr
            attributes.set(ValueLayout.JAVA_LONG, 0, allRights(abi));
            attributes.set(ValueLayout.JAVA_LONG, 8, abi >= 4 ? TCP : 0);
            attributes.set(ValueLayout.JAVA_LONG, 16, abi >= 6 ? SCOPES : 0);
            int length = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
            this.ruleset =
                    kernel.require(Syscall.LANDLOCK_CREATE_RULESET, attributes.address(), length);
        }
    }

    /** The kernel's version of Landlock; failed where it has none. */
    static Kernel.Answer abi(Kernel kernel) {
        return kernel.call(Syscall.LANDLOCK_CREATE_RULESET, 0, 0, VERSION);
    }

    /** All that this version can forbid is forbidden but for the rules. */
    private static long allRights(int abi) {
        int bits =
                switch (abi) {
                    case 1 -> 13;
                    case 2 -> 14;
                    case 3, 4 -> 15;
                    default -> 16;
                };
        return (1L << bits) - 1;
    }

    /** Lets files be read, and directories listed, at and below a path, if it is there. */
    void allowReading(Path path) throws IOException {
        allow(path, READ | LIST);
    }

    /** Lets programs and libraries be loaded. */
    void allowLoading(Path path) throws IOException {
        allow(path, READ | LIST | EXECUTE);
    }

    /** Lets files that are there be opened for writing. */
    void allowWriting(Path path) throws IOException {
        allow(path, abi >= ABI_WITH_TRUNCATE ? WRITE | TRUNCATE : WRITE);
    }

    private void allow(Path path, long rights) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Kernel.Answer parent = kernel.open(path, O_PATH | O_CLOEXEC);
        if (parent.failed()) {
            throw new IOException("%s: errno %d".formatted(path, parent.errno()));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rule = arena.allocate(16, 8); // struct landlock_path_beneath_attr
            long fitting = Files.isDirectory(path) ? rights : rights & ~LIST;
            rule.set(ValueLayout.JAVA_LONG, 0, fitting);
            rule.set(ValueLayout.JAVA_INT, 8, (int) parent.value());
            kernel.require(Syscall.LANDLOCK_ADD_RULE, ruleset, PATH_BENEATH, rule.address(), 0);
        } finally {
            kernel.require(Syscall.CLOSE, parent.value());
        }
    }

    /** From now on the calling thread has them, and each thread and program that it starts. */
    void enforce() throws IOException {
        kernel.require(Syscall.LANDLOCK_RESTRICT_SELF, ruleset, 0);
        kernel.require(Syscall.CLOSE, ruleset);
    }
}
