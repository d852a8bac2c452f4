package io.sluice.channel.descriptor;

import static io.sluice.channel.descriptor.Libc.INT;
import static io.sluice.channel.descriptor.Libc.LONG;
import static io.sluice.channel.descriptor.Libc.POINTER;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * An original that the edge has opened for this process, read through the descriptor itself: to
 * open {@code /proc/self/fd/N} would ask for the right to the file that this process may not have.
 * For one thread at a time; whoever has it closes it.
 */
public final class PassedOriginal implements SeekableByteChannel {
    private static final int PIECE_BYTES = 64 * 1024;
    private static final int FROM_THE_END = 2;

    private static final MethodHandle READ =
            Libc.function(
                    "pread", FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG), Libc.errno());
    private static final MethodHandle SEEK =
            Libc.function("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT), Libc.errno());

    private final FileDescriptor descriptor;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private long position;

    /** Takes the descriptor over. */
    public PassedOriginal(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        piece.clear().limit(Math.min(target.remaining(), PIECE_BYTES));
        int bytes =
                (int)
                        call(
                                "pread",
                                (state, handle) ->
                                        (long)
                                                READ.invokeExact(
                                                        state,
                                                        handle,
                                                        MemorySegment.ofBuffer(piece),
                                                        (long) piece.remaining(),
                                                        position));
        target.put(piece.limit(bytes));
        position += bytes;
        return bytes == 0 ? -1 : bytes;
    }

    @Override
    public long size() throws IOException {
        return call(
                "lseek",
                (state, handle) -> (long) SEEK.invokeExact(state, handle, 0L, FROM_THE_END));
    }

    private interface Call {
        long with(MemorySegment state, int handle) throws Throwable;
    }

    private long call(String name, Call call) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Libc.state());
            long result = call.with(state, descriptor.intValue());
            if (result < 0) {
                throw Libc.failure(name, state);
            }
            return result;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.impossible(e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long start) {
        position = start;
        return this;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
