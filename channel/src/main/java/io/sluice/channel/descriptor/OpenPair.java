package io.sluice.channel.descriptor;

import static io.sluice.channel.descriptor.Libc.INT;

import io.netty.channel.unix.FileDescriptor;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The two open ends of one side of a connection, neither of which ever waits. */
public record OpenPair(FileDescriptor in, FileDescriptor out) implements Closeable {
    private static final int DUPLICATE_UNTIL_EXEC = 1030;
    private static final MethodHandle CONTROL =
            Libc.function(
                    "fcntl",
                    FunctionDescriptor.of(INT, INT, INT, INT),
                    Libc.errno(),
                    Linker.Option.firstVariadicArg(2));

    /**
     * Both directions of a socket, which stays the caller's to close: epoll wants two descriptors.
     *
     * @throws IOException when no descriptor is left
     */
    public static OpenPair ofSocket(FileDescriptor socket) throws IOException {
        FileDescriptor in = duplicate(socket);
        try {
            return new OpenPair(in, duplicate(socket));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static FileDescriptor duplicate(FileDescriptor open) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Libc.state());
            int made = (int) CONTROL.invokeExact(state, open.intValue(), DUPLICATE_UNTIL_EXEC, 0);
            if (made < 0) {
                throw Libc.failure("fcntl", state);
            }
            return new FileDescriptor(made);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } finally {
            out.close();
        }
    }
}
