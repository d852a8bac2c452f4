package io.sluice.channel.unix;

import static io.sluice.channel.descriptor.Libc.INT;
import static io.sluice.channel.descriptor.Libc.POINTER;

import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.descriptor.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Opens originals of the store to pass them on: name by name below the root and never through a
 * link, see openat(2). The root itself is the operator's word and may be one.
 */
final class StoreRoot {
    private static final int AT_NO_DIRECTORY = -100;
    private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");
    private static final int NO_LINK = IS_ARM ? 0x8000 : 0x20000;
    private static final int UNTIL_EXEC = 0x80000;

    /** To open others relative to it, for which the right to search it is enough. */
    private static final int DIRECTORY = 0x200000 | (IS_ARM ? 0x4000 : 0x10000) | UNTIL_EXEC;

    /** For reading; a pipe in a file's place must not make anybody wait. */
    private static final int FILE = 0x800 | UNTIL_EXEC;

    private static final int TOO_MANY = 23;
    private static final int TOO_MANY_HERE = 24;

    private static final MethodHandle OPEN =
            Libc.function(
                    "openat",
                    FunctionDescriptor.of(INT, INT, POINTER, INT, INT),
                    Libc.errno(),
                    Linker.Option.firstVariadicArg(3));

    private final Path root;

    StoreRoot(Path root) {
        this.root = root;
    }

    /**
     * Opens what the path names, read-only.
     *
     * @param path relative, without a dot-dot, as a job's always is
     * @return its descriptor, the caller's to close
     * @throws FileSystemException when it isn't there, is behind a link, or may not be read
     * @throws IOException when no descriptor is left
     */
    FileDescriptor open(Path path) throws IOException {
        FileDescriptor directory = new FileDescriptor(open(AT_NO_DIRECTORY, root, DIRECTORY));
        try {
            int last = path.getNameCount() - 1;
            for (int i = 0; i < last; i++) {
                FileDescriptor next =
                        new FileDescriptor(
                                open(directory.intValue(), path.getName(i), DIRECTORY | NO_LINK));
                directory.close();
                directory = next;
            }
            return new FileDescriptor(
                    open(directory.intValue(), path.getName(last), FILE | NO_LINK));
        } finally {
            directory.close();
        }
    }

    private static int open(int directory, Path name, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Libc.state());
            int opened =
                    (int)
                            OPEN.invokeExact(
                                    state,
                                    directory,
                                    arena.allocateFrom(name.toString()),
                                    flags,
                                    0);
            if (opened < 0) {
                throw failure(name, state);
            }
            return opened;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    private static IOException failure(Path name, MemorySegment state) {
        IOException failure = Libc.failure("openat", state);
        return switch (Libc.error(state)) {
            case TOO_MANY_HERE, TOO_MANY -> failure;
            default -> new FileSystemException(name.toString(), null, failure.getMessage());
        };
    }
}
