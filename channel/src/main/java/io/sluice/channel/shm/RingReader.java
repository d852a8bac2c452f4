package io.sluice.channel.shm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.channel.frame.ProtocolViolation;

/**
 * The reading end of a ring. Owned by one thread. Whatever the writer does, nothing outside of the
 * ring is read, and each word of the writer's is read once and checked.
 */
final class RingReader {
    /** What one read returns at most; no less than a record holds. */
    private static final int MAX_READ = Ring.MAX_PAYLOAD;

    private final Ring ring;
    private long head; // from memory of our own: the shared one is for the writer to see
    private int number;

    RingReader(Ring ring) {
        this.ring = ring;
    }

    boolean isEmpty() {
        return ring.tail() == head;
    }

    /** How far the writer is: what lies before it is there. */
    long end() {
        return ring.tail();
    }

    /** Whether all before that end was read. */
    boolean hasReached(long end) {
        return head >= end;
    }

    /**
     * Takes the records that are there, as far as they fit into one buffer of a sensible size: the
     * bytes of at least one, if there is one.
     *
     * @throws ProtocolViolation when the writer has made a mess
     */
    ByteBuf read(ByteBufAllocator allocator) {
        long tail = ring.tail();
        long filled = tail - head;
        if (filled < 0 || filled > ring.size() || (filled & 7) != 0) {
            throw new ProtocolViolation(
                    "the ring's writer is at %d, the reader at %d".formatted(tail, head));
        }
        ByteBuf bytes = allocator.ioBuffer((int) Math.min(filled, MAX_READ));
        try {
            while (head < tail) {
                int length = length(tail);
                if (length > bytes.writableBytes()) {
                    break;
                }
                copy(bytes, length);
            }
        } catch (ProtocolViolation e) {
            bytes.release();
            throw e;
        }
        return bytes;
    }

    private int length(long tail) {
        long header = ring.header(head);
        int length = (int) header;
        if ((int) (header >>> 32) != number
                || length < 1
                || length > Ring.MAX_PAYLOAD
                || Ring.footprint(length) > tail - head) {
            throw new ProtocolViolation(
                    "a torn record: length %s, number %s instead of %s, %d bytes to the end"
                            .formatted(
                                    Integer.toUnsignedString(length),
                                    Integer.toUnsignedString((int) (header >>> 32)),
                                    Integer.toUnsignedString(number),
                                    tail - head));
        }
        return length;
    }

    private void copy(ByteBuf bytes, int length) {
        for (int copied = 0; copied < length; ) {
            int before = bytes.writerIndex();
            bytes.writeBytes(ring.bytes(head + Ring.HEADER_BYTES + copied, length - copied));
            copied += bytes.writerIndex() - before;
        }
        head += Ring.footprint(length);
        number++;
    }

    /** Gives what was read back to the writer; true when that waits for it. */
    boolean free() {
        ring.publishHead(head);
        return ring.isRoomWanted();
    }
}
