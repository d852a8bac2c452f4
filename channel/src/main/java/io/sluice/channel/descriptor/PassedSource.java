package io.sluice.channel.descriptor;

import static io.sluice.channel.descriptor.Libc.INT;
import static io.sluice.channel.descriptor.Libc.LONG;
import static io.sluice.channel.descriptor.Libc.POINTER;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Unix socket over which descriptors come, see unix(7) and cmsg(3). A descriptor goes with
 * one byte of its own, and the kernel never reads on behind such a byte: where one has come, the
 * last byte that was read is its own. The structures are those of Linux on 64-bit machines.
 */
public final class PassedSource implements Source {
    private static final int CLOSE_ON_EXEC = 0x40000000;
    private static final int TRUNCATED = 8;
    private static final int INTERRUPTED = 4;
    private static final int TRY_AGAIN = 11;
    private static final int SOCKET = 1;
    private static final int RIGHTS = 1;

    private static final StructLayout PIECE =
            MemoryLayout.structLayout(POINTER.withName("base"), LONG.withName("length"));
    private static final StructLayout MESSAGE =
            MemoryLayout.structLayout(
                    POINTER.withName("name"),
                    LONG.withName("nameLength"),
                    POINTER.withName("pieces"),
                    LONG.withName("pieceCount"),
                    POINTER.withName("control"),
                    LONG.withName("controlLength"),
                    LONG.withName("flags"));
    private static final StructLayout CONTROL =
            MemoryLayout.structLayout(
                    LONG.withName("length"),
                    INT.withName("level"),
                    INT.withName("type"),
                    INT.withName("descriptor"));
    private static final VarHandle BASE = PIECE.varHandle(PathElement.groupElement("base"));
    private static final VarHandle LENGTH = PIECE.varHandle(PathElement.groupElement("length"));
    private static final VarHandle PIECES = MESSAGE.varHandle(PathElement.groupElement("pieces"));
    private static final VarHandle COUNT =
            MESSAGE.varHandle(PathElement.groupElement("pieceCount"));
    private static final VarHandle CONTROLS =
            MESSAGE.varHandle(PathElement.groupElement("control"));
    private static final VarHandle CONTROL_LENGTH =
            MESSAGE.varHandle(PathElement.groupElement("controlLength"));
    private static final VarHandle FLAGS = MESSAGE.varHandle(PathElement.groupElement("flags"));
    private static final VarHandle LEVEL = CONTROL.varHandle(PathElement.groupElement("level"));
    private static final VarHandle TYPE = CONTROL.varHandle(PathElement.groupElement("type"));
    private static final VarHandle DESCRIPTOR =
            CONTROL.varHandle(PathElement.groupElement("descriptor"));

    private static final MethodHandle RECEIVE =
            Libc.function("recvmsg", FunctionDescriptor.of(LONG, INT, POINTER, INT), Libc.errno());

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment state = arena.allocate(Libc.state());
    private final MemorySegment piece = arena.allocate(PIECE);
    private final MemorySegment message = arena.allocate(MESSAGE);
    private final MemorySegment control = arena.allocate(CONTROL);
    private @Nullable Object beside;

    /** What is there instead of a descriptor that this process had no room for. */
    public enum Lost {
        /** The kernel has closed it. */
        NO_DESCRIPTOR_LEFT
    }

    public PassedSource() {
        PIECES.set(message, 0L, piece);
        COUNT.set(message, 0L, 1L);
        CONTROLS.set(message, 0L, control);
    }

    @Override
    public int read(FileDescriptor from, ByteBuf into) throws IOException {
        ByteBuffer space = into.internalNioBuffer(into.writerIndex(), into.writableBytes());
        BASE.set(piece, 0L, MemorySegment.ofBuffer(space));
        LENGTH.set(piece, 0L, (long) space.remaining());
        // Room for one: the kernel closes any other, and says that something was cut off.
        CONTROL_LENGTH.set(message, 0L, CONTROL.byteSize());
        int bytes = receive(from.intValue());
        if (bytes <= 0) {
            return bytes;
        }
        beside = passed();
        into.writerIndex(into.writerIndex() + (beside == null ? bytes : bytes - 1));
        return bytes;
    }

    private int receive(int socket) throws IOException {
        while (true) {
            int bytes = recvmsg(socket);
            if (bytes >= 0) {
                return bytes == 0 ? -1 : bytes;
            }
            switch (Libc.error(state)) {
                case TRY_AGAIN -> {
                    return 0;
                }
                case INTERRUPTED -> {}
                default -> throw Libc.failure("recvmsg", state);
            }
        }
    }

    private int recvmsg(int socket) {
        try {
            return (int) (long) RECEIVE.invokeExact(state, socket, message, CLOSE_ON_EXEC);
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    private @Nullable Object passed() {
        boolean isCut = ((long) FLAGS.get(message, 0L) & TRUNCATED) != 0;
        if ((long) CONTROL_LENGTH.get(message, 0L) < CONTROL.byteSize()
                || (int) LEVEL.get(control, 0L) != SOCKET
                || (int) TYPE.get(control, 0L) != RIGHTS) {
            return isCut ? Lost.NO_DESCRIPTOR_LEFT : null;
        }
        return new PassedOriginal(new FileDescriptor((int) DESCRIPTOR.get(control, 0L)));
    }

    @Override
    public @Nullable Object beside() {
        Object came = beside;
        beside = null;
        return came;
    }
}
