package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for bytes that wait to be written, shared by all requests. While there is enough, each
 * collects a whole write; above the bound whoever brings more writes it at once, be it little: many
 * slow clients can't hold more than that between them. Thread-safe.
 */
final class WriteMemory {
    /** A buffer of few bytes occupies about that much of what it was read into. */
    private static final int LEAST_OF_BUFFER = 4096;

    private final int writeSize;
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /**
     * Memory of that size.
     *
     * @param writeSize bytes that are collected for one write
     * @param most bytes that are held before writes become smaller
     */
    WriteMemory(int writeSize, long most) {
        this.writeSize = writeSize;
        this.most = most;
    }

    /** Takes note of a buffer that is held from now on; returns what it counts for, in bytes. */
    int hold(ByteBuf buffer) {
        int size = Math.max(LEAST_OF_BUFFER, buffer.readableBytes());
        held.addAndGet(size);
        return size;
    }

    /** So many bytes are not held any more. */
    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** How many bytes a write should have now. */
    int writeSize() {
        return held.get() > most ? 1 : writeSize;
    }
}
