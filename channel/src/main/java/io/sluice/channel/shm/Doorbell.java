package io.sluice.channel.shm;

import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.frame.ProtocolViolation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Where one thread sleeps until somebody has something for it: another thread, or a process that
 * shares the memory. The word in it is 1 from when the sleeper announces itself to the first ring,
 * and 0 otherwise, so a busy peer costs its visitors no system call. Only its owner may announce,
 * sleep and get up; anybody may ring.
 *
 * <p>A visitor that writes anything else into the word can disturb the owner's sleep, but nothing
 * more: who shares it has passed the gate for users.
 */
final class Doorbell {
    static final long BYTES = 4096;

    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment word;
    private final MemorySegment timeout;

    private Doorbell(MemorySegment word, Arena arena) {
        this.word = word;
        timeout = arena.allocate(ValueLayout.JAVA_LONG, 2);
    }

    /**
     * One's own, on memory that is to be shared with the peers. It stays mapped while it can be
     * reached: a task may ring after the sleeper's end.
     *
     * @throws IOException when the kernel can't wake by it
     */
    static Doorbell of(SealedFile file) throws IOException {
        Arena arena = Arena.ofAuto();
        Doorbell made = new Doorbell(file.map(arena), arena);
        if (!Futex.wake(made.word)) {
            throw new IOException("the kernel refuses futex(2), which shared memory needs");
        }
        return made;
    }

    /** A peer's, from the descriptor it sent, for as long as the arena is open. */
    static Doorbell of(FileDescriptor peer, Arena arena) throws IOException {
        SealedFile file = SealedFile.received(peer);
        if (file.size() != BYTES) {
            throw new ProtocolViolation("a doorbell of %d bytes".formatted(file.size()));
        }
        return new Doorbell(file.map(arena), arena);
    }

    /** Wakes the owner if it sleeps or is about to. What it shall find must be published before. */
    void ring() {
        // The owner announces itself and then looks; we publish and then look: one sees the other.
        VarHandle.fullFence();
        if ((int) WORD.getOpaque(word, 0L) == ASLEEP
                && WORD.compareAndSet(word, 0L, ASLEEP, AWAKE)) {
            Futex.wake(word);
        }
    }

    /** To be followed by one more look for work, then by {@link #sleep} if there is none. */
    void announce() {
        WORD.setVolatile(word, 0L, ASLEEP);
        VarHandle.fullFence();
    }

    /** Sleeps until it rings, which it may have done since the announcement, or time is up. */
    void sleep(long nanos) {
        timeout.setAtIndex(ValueLayout.JAVA_LONG, 0, TimeUnit.NANOSECONDS.toSeconds(nanos));
        timeout.setAtIndex(ValueLayout.JAVA_LONG, 1, nanos % TimeUnit.SECONDS.toNanos(1));
        Futex.await(word, ASLEEP, timeout);
    }

    /** The owner looks again for itself. */
    void getUp() {
        WORD.setVolatile(word, 0L, AWAKE);
    }
}
