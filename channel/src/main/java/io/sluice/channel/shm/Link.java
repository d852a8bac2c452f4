package io.sluice.channel.shm;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * What one end holds of a connection: a ring to write, a ring to read, and the peer's doorbell. All
 * of it is one thread's, and unmapped when it is closed.
 */
final class Link implements AutoCloseable {
    private final Arena arena;
    private final RingWriter out;
    private final RingReader in;
    private final Doorbell peer;
    private boolean isRingDue;

    /** Whose end it is: both have the same memory, with the rings' roles exchanged. */
    enum Side {
        EDGE,
        PROCESSOR
    }

    /**
     * Maps what the ends have exchanged.
     *
     * @param rings not needed any more after it
     * @param bell the peer's, not needed any more after it
     * @throws io.sluice.channel.frame.ProtocolViolation when the rings are not such as this end
     *     knows
     * @throws IOException when one is something else, or can't be mapped
     */
    static Link attach(SealedFile rings, FileDescriptor bell, Side side) throws IOException {
        Arena arena = Arena.ofConfined();
        try {
            return new Link(arena, Doorbell.of(bell, arena), Segment.attach(rings, arena), side);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private Link(Arena arena, Doorbell peer, Segment segment, Side side) {
        this.arena = arena;
        this.peer = peer;
        out = new RingWriter(side == Side.EDGE ? segment.toProcessor() : segment.toEdge());
        in = new RingReader(side == Side.EDGE ? segment.toEdge() : segment.toProcessor());
    }

    RingWriter out() {
        return out;
    }

    RingReader in() {
        return in;
    }

    /** Lets the peer see what was written; it looks by itself, or when it is rung for. */
    void publish() {
        out.publish();
        isRingDue = true;
    }

    /** Hands what was read back to the peer, which is rung for if it waits for that. */
    void free() {
        isRingDue |= in.free();
    }

    /** Has the peer look, if there is something new for it. */
    void ring() {
        if (isRingDue) {
            isRingDue = false;
            peer.ring();
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
