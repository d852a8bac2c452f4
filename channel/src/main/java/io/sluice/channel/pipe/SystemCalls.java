package io.sluice.channel.pipe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What Linux can do with FIFOs and the JDK can't: make one, open one end without waiting for the
 * other, and lock a directory. The numbers are those of Linux on x86-64 and aarch64.
 */
final class SystemCalls {
    private static final int O_WRONLY = 1;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int LOCK_EX_NB = 2 | 4;
    private static final int ENOENT = 2;
    private static final int ENXIO = 6;
    private static final int EAGAIN = 11;
    private static final int EEXIST = 17;

    /** For the owner and, as with sockets, the group: the directory decides. */
    private static final int MODE = 0660;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle OPEN =
            function(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle MKFIFO =
            function("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FLOCK =
            function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private SystemCalls() {}

    @SuppressWarnings("restricted") // calls into libc are what this is about
    private static MethodHandle function(
            String name, FunctionDescriptor type, Linker.Option... more) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options = new Linker.Option[more.length + 1];
        options[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(more, 0, options, 1, more.length);
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), type, options);
    }

    /**
     * Makes a FIFO.
     *
     * @throws FileAlreadyExistsException when the name is taken
     */
    static void makeFifo(Path path) throws IOException {
        call(path, (errno, name) -> (int) MKFIFO.invokeExact(errno, name, MODE));
    }

    /** Opens for reading, at once: with or without a writer. */
    static FileDescriptor openForReading(Path path) throws IOException {
        return open(path, 0);
    }

    /**
     * Opens for writing, at once.
     *
     * @throws NobodyReads when no reader has it open
     */
    static FileDescriptor openForWriting(Path path) throws IOException {
        return open(path, O_WRONLY);
    }

    private static FileDescriptor open(Path path, int mode) throws IOException {
        int flags = mode | O_NONBLOCK | O_CLOEXEC;
        return new FileDescriptor(
                call(path, (errno, name) -> (int) OPEN.invokeExact(errno, name, flags, 0)));
    }

    /**
     * Locks an open file or directory until it is closed or its process ends.
     *
     * @return false when somebody else has it locked
     */
    static boolean tryLock(FileDescriptor open, Path path) throws IOException {
        try {
            call(path, (errno, _) -> (int) FLOCK.invokeExact(errno, open.intValue(), LOCK_EX_NB));
            return true;
        } catch (Busy e) {
            return false;
        }
    }

    /** No process has the FIFO open for reading. */
    static final class NobodyReads extends IOException {
        private static final long serialVersionUID = 1L;

        NobodyReads(Path path) {
            super(path + ": no process reads from it");
        }
    }

    private static final class Busy extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private interface Call {
        int with(MemorySegment errno, MemorySegment name) throws Throwable;
    }

    private static int call(Path path, Call call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(STATE);
            int result = call.with(errno, arena.allocateFrom(path.toString()));
            if (result < 0) {
                throw failure(path, (int) ERRNO.get(errno, 0L));
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a system call can't throw", e);
        }
    }

    private static IOException failure(Path path, int errno) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(path.toString());
            case EEXIST -> new FileAlreadyExistsException(path.toString());
            case ENXIO -> new NobodyReads(path);
            case EAGAIN -> new Busy();
            default -> new IOException(path + ": error " + errno);
        };
    }
}
