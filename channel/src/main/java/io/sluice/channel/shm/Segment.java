package io.sluice.channel.shm;

import io.sluice.channel.frame.ProtocolViolation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory of one connection: a header that tells what it is, then the ring to the processor and
 * the ring to the edge. Numbers have the machine's byte order. The layout is in {@code
 * docs/reference/channel-protocol.md}.
 *
 * @param memory mapped as a whole
 * @param ringSize of each ring's data in bytes, a power of two
 */
record Segment(MemorySegment memory, int ringSize) {
    static final int MIN_RING = 128 * 1024;
    static final int MAX_RING = 64 * 1024 * 1024;

    /** Different from the version of the protocol that is spoken through it. */
    static final int LAYOUT = 1;

    /** "SLUICERB" in ASCII, as a number. */
    static final long MAGIC = 0x534c_5549_4345_5242L;

    static final long MAGIC_AT = 0;
    static final long LAYOUT_AT = 8;
    static final long RING_SIZE_AT = 12;

    private static final long TO_PROCESSOR_AT = 1024;
    private static final long TO_EDGE_AT = 2048;
    private static final long DATA_AT = 4096;

    /** Makes the memory of a connection; only its maker knows it yet. */
    static SealedFile create(int ringSize) throws IOException {
        SealedFile file = SealedFile.create("sluice-rings", DATA_AT + 2L * ringSize);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = file.map(arena);
            header.set(ValueLayout.JAVA_LONG, MAGIC_AT, MAGIC);
            header.set(ValueLayout.JAVA_INT, LAYOUT_AT, LAYOUT);
            header.set(ValueLayout.JAVA_INT, RING_SIZE_AT, ringSize);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return file;
    }

    /**
     * Maps the memory of a connection, whoever made it.
     *
     * @throws ProtocolViolation when its header is not what this end knows, or doesn't fit its size
     */
    static Segment attach(SealedFile file, Arena arena) throws IOException {
        if (file.size() < DATA_AT || file.size() > DATA_AT + 2L * MAX_RING) {
            throw new ProtocolViolation("shared memory of %d bytes".formatted(file.size()));
        }
        MemorySegment memory = file.map(arena);
        if (memory.get(ValueLayout.JAVA_LONG, MAGIC_AT) != MAGIC) {
            throw new ProtocolViolation("shared memory that holds no rings");
        }
        int layout = memory.get(ValueLayout.JAVA_INT, LAYOUT_AT);
        if (layout != LAYOUT) {
            throw new ProtocolViolation(
                    "shared memory of layout %s, this end has %d: run one release"
                            .formatted(Integer.toUnsignedString(layout), LAYOUT));
        }
        int ringSize = memory.get(ValueLayout.JAVA_INT, RING_SIZE_AT);
        if (!isRingSize(ringSize) || file.size() != DATA_AT + 2L * ringSize) {
            throw new ProtocolViolation(
                    "rings of %s bytes in shared memory of %d"
                            .formatted(Integer.toUnsignedString(ringSize), file.size()));
        }
        return new Segment(memory, ringSize);
    }

    static boolean isRingSize(long bytes) {
        return bytes >= MIN_RING && bytes <= MAX_RING && Long.bitCount(bytes) == 1;
    }

    Ring toProcessor() {
        return ring(TO_PROCESSOR_AT, DATA_AT);
    }

    Ring toEdge() {
        return ring(TO_EDGE_AT, DATA_AT + ringSize);
    }

    private Ring ring(long indices, long data) {
        return new Ring(memory.asSlice(indices, Ring.INDEX_BYTES), memory.asSlice(data, ringSize));
    }
}
