package io.sluice.channel.shm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One direction of a connection: one process writes, another reads. Both indices count bytes since
 * the start and only grow; each has one writer. What lies between them is a row of records, each
 * {@code length (u32), number (u32), bytes}, filled up to a multiple of 8. A record is there once
 * the tail has passed it, so of one whose writer was killed nothing is seen; its number tells one
 * that the tail has passed by mistake.
 */
final class Ring {
    /** The indices, each on cache lines of its own, as two processors write them. */
    static final long INDEX_BYTES = 512;

    /** What one record holds at most; more is cut. */
    static final int MAX_PAYLOAD = 64 * 1024;

    static final int HEADER_BYTES = 8;

    private static final long TAIL_AT = 0;
    private static final long HEAD_AT = 128;
    private static final long WANTED_AT = 256;
    private static final VarHandle INDEX = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle FLAG = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment indices;
    private final ByteBuffer data;
    private final ByteBuffer window;
    private final int size;

    Ring(MemorySegment indices, MemorySegment data) {
        this.indices = indices;
        this.data = data.asByteBuffer().order(ByteOrder.nativeOrder());
        window = this.data.duplicate();
        size = (int) data.byteSize();
    }

    /** Of the data in bytes, a power of two. */
    int size() {
        return size;
    }

    /** How far the writer says it has come. */
    long tail() {
        return (long) INDEX.getAcquire(indices, TAIL_AT);
    }

    /** Everything written up to here is there from now on. */
    void publishTail(long tail) {
        INDEX.setRelease(indices, TAIL_AT, tail);
    }

    /** How far the reader says it has come. */
    long head() {
        return (long) INDEX.getAcquire(indices, HEAD_AT);
    }

    /** Everything up to here may be written over from now on. */
    void publishHead(long head) {
        INDEX.setRelease(indices, HEAD_AT, head);
    }

    /** The writer asks to be woken when something was read; it must look for room after that. */
    void wantRoom() {
        FLAG.setVolatile(indices, WANTED_AT, 1);
        VarHandle.fullFence();
    }

    /** Whether the writer has asked since the last call; to be called after the head moved. */
    boolean isRoomWanted() {
        VarHandle.fullFence();
        return (int) FLAG.getOpaque(indices, WANTED_AT) != 0
                && (int) FLAG.getAndSet(indices, WANTED_AT, 0) != 0;
    }

    /** What a record of so many bytes takes up. */
    static int footprint(int payload) {
        return HEADER_BYTES + payload + 7 & -8;
    }

    /** Length and number as the one word that they are; it never lies across the end. */
    long header(long position) {
        return data.getLong((int) position & size - 1);
    }

    void header(long position, int length, int number) {
        data.putLong(
                (int) position & size - 1, Integer.toUnsignedLong(length) | (long) number << 32);
    }

    /**
     * The bytes from there on, up to the ring's end at the most: the rest is at its start. The
     * buffer is good until the next call.
     */
    ByteBuffer bytes(long position, int length) {
        int from = (int) position & size - 1;
        return window.limit(Math.min(from + length, size)).position(from);
    }
}
