package io.sluice.channel.shm;

import io.netty.buffer.ByteBuf;
import io.sluice.channel.frame.ProtocolViolation;
import java.nio.ByteBuffer;

/** The writing end of a ring. Owned by one thread. */
final class RingWriter {
    private final Ring ring;
    private long tail; // from memory of our own: the shared one is for the reader to see
    private long head; // as last seen
    private int number;

    RingWriter(Ring ring) {
        this.ring = ring;
    }

    /**
     * Whether so many bytes fit, at most {@link Ring#MAX_PAYLOAD}.
     *
     * @throws ProtocolViolation when the reader is where it can't be
     */
    boolean hasRoom(int payload) {
        int needed = Ring.footprint(payload);
        if (ring.size() - (tail - head) >= needed) {
            return true;
        }
        long seen = ring.head();
        if (seen < head || seen > tail) {
            throw new ProtocolViolation(
                    "the ring's reader is at %d, outside of %d to %d".formatted(seen, head, tail));
        }
        head = seen;
        return ring.size() - (tail - head) >= needed;
    }

    /** As {@link #hasRoom}, but leaves it to that to see whether the reader is where it can be. */
    boolean mayHaveRoom(int payload) {
        return ring.size() - (tail - ring.head()) >= Ring.footprint(payload);
    }

    /**
     * Writes one record, which fits, unseen until {@link #publish}. The source is left as it is.
     */
    void write(ByteBuf source, int index, int length) {
        ring.header(tail, length, number++);
        int copied = 0;
        while (copied < length) {
            ByteBuffer room = ring.bytes(tail + Ring.HEADER_BYTES + copied, length - copied);
            int part = room.remaining();
            source.getBytes(index + copied, room);
            copied += part;
        }
        tail += Ring.footprint(length);
    }

    /** Makes all that was written visible to the reader. */
    void publish() {
        ring.publishTail(tail);
    }

    /** Asks to be woken once something was read; false when there is room by now. */
    boolean awaitsRoom(int payload) {
        ring.wantRoom();
        return !hasRoom(payload);
    }
}
