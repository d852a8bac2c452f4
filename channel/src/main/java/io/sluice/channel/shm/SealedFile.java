package io.sluice.channel.shm;

import static io.sluice.channel.descriptor.Libc.INT;
import static io.sluice.channel.descriptor.Libc.LONG;
import static io.sluice.channel.descriptor.Libc.POINTER;

import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.descriptor.Libc;
import io.sluice.channel.frame.ProtocolViolation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory without a name in any directory, see memfd_create(2): it reaches a peer as a descriptor
 * and ends with the last process that has it, however that ends. Its size is sealed, so that no
 * peer can take a page away from under a reader.
 *
 * @param descriptor owned, and closed with it
 * @param size in bytes
 */
record SealedFile(FileDescriptor descriptor, long size) implements AutoCloseable {
    private static final int CLOSE_ON_EXEC_AND_SEALS = 3;
    private static final int ADD_SEALS = 1033;
    private static final int GET_SEALS = 1034;
    private static final int NO_MORE_SEALS_NO_SHRINKING_NO_GROWING = 7;
    private static final int FROM_THE_END = 2;
    private static final int READ_AND_WRITE = 3;
    private static final int SHARED = 1;

    private static final MethodHandle CREATE =
            Libc.function("memfd_create", FunctionDescriptor.of(INT, POINTER, INT), Libc.errno());
    private static final MethodHandle TRUNCATE =
            Libc.function("ftruncate", FunctionDescriptor.of(INT, INT, LONG), Libc.errno());
    private static final MethodHandle CONTROL =
            Libc.function(
                    "fcntl",
                    FunctionDescriptor.of(INT, INT, INT, INT),
                    Libc.errno(),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SEEK =
            Libc.function("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT), Libc.errno());
    private static final MethodHandle MAP =
            Libc.function(
                    "mmap",
                    FunctionDescriptor.of(LONG, POINTER, LONG, INT, INT, INT, LONG),
                    Libc.errno());
    private static final MethodHandle UNMAP =
            Libc.function("munmap", FunctionDescriptor.of(INT, POINTER, LONG));

    /** Makes one of zeroes. */
    static SealedFile create(String name, long size) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Libc.state());
            int made =
                    (int)
                            CREATE.invokeExact(
                                    state, arena.allocateFrom(name), CLOSE_ON_EXEC_AND_SEALS);
            if (made < 0) {
                throw Libc.failure("memfd_create", state);
            }
            SealedFile file = new SealedFile(new FileDescriptor(made), size);
            file.fix(state);
            return file;
        } catch (IOException | ProtocolViolation e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    private void fix(MemorySegment state) throws Throwable {
        int handle = descriptor.intValue();
        if ((int) TRUNCATE.invokeExact(state, handle, size) < 0
                || (int)
                                CONTROL.invokeExact(
                                        state,
                                        handle,
                                        ADD_SEALS,
                                        NO_MORE_SEALS_NO_SHRINKING_NO_GROWING)
                        < 0) {
            close();
            throw Libc.failure("ftruncate or fcntl", state);
        }
    }

    /**
     * Takes what a peer sent; the descriptor stays the caller's if it is refused.
     *
     * @throws ProtocolViolation when it is something else, or not sealed
     */
    static SealedFile received(FileDescriptor descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Libc.state());
            int handle = descriptor.intValue();
            int seals = (int) CONTROL.invokeExact(state, handle, GET_SEALS, 0);
            if (seals < 0
                    || (seals & NO_MORE_SEALS_NO_SHRINKING_NO_GROWING)
                            != NO_MORE_SEALS_NO_SHRINKING_NO_GROWING) {
                throw new ProtocolViolation("what the peer shares is no memory of a sealed size");
            }
            return new SealedFile(
                    descriptor, (long) SEEK.invokeExact(state, handle, 0L, FROM_THE_END));
        } catch (IOException | ProtocolViolation e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    /** Maps all of it, to be read and written, for as long as the arena is open. */
    @SuppressWarnings("restricted") // the address and the size are what mmap was told
    MemorySegment map(Arena arena) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment state = call.allocate(Libc.state());
            long address =
                    (long)
                            MAP.invokeExact(
                                    state,
                                    MemorySegment.NULL,
                                    size,
                                    READ_AND_WRITE,
                                    SHARED,
                                    descriptor.intValue(),
                                    0L);
            if (address == -1) {
                throw Libc.failure("mmap", state);
            }
            return MemorySegment.ofAddress(address).reinterpret(size, arena, SealedFile::unmap);
        } catch (IOException | ProtocolViolation e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    private static void unmap(MemorySegment mapped) {
        try {
            int _ = (int) UNMAP.invokeExact(mapped, mapped.byteSize());
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
