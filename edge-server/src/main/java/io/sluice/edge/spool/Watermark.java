package io.sluice.edge.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows how much room uploads have. The free space is looked up on a thread of its own, every
 * second, so that asking costs nothing and never touches the disk.
 *
 * <p>Concurrency: any thread may ask and reserve. What is given back counts from the next look on,
 * which sees the bytes that were written in its place.
 */
final class Watermark {
    private final FileStore disk;
    private final long minFree;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong givenBack = new AtomicLong();
    private volatile long free;

    Watermark(FileStore disk, long minFree) throws IOException {
        this.disk = disk;
        this.minFree = minFree;
        look();
    }

    /** Looks the free space up. */
    void look() throws IOException {
        long written = givenBack.getAndSet(0);
        free = disk.getUsableSpace();
        reserved.addAndGet(-written);
    }

    /** Bytes that uploads may still take before the watermark is reached; negative below it. */
    long room() {
        return free - minFree - reserved.get();
    }

    void require(long bytes) {
        if (bytes > room()) {
            throw refusal(bytes);
        }
    }

    private NoDiskRoom refusal(long bytes) {
        return new NoDiskRoom(
                "%d bytes are asked for, %d are free, %d of them for uploads under way, and %d must stay free (sluice.disk.min-free)"
                        .formatted(bytes, free, reserved.get(), minFree));
    }

    /** Keeps room for bytes that will come. Two who ask at once both see what the other took. */
    void reserve(long bytes) {
        reserved.addAndGet(bytes);
        if (room() < 0) {
            reserved.addAndGet(-bytes);
            throw refusal(bytes);
        }
    }

    /** Keeps the room that was kept before a restart, whether it is there or not. */
    void reserveAgain(long bytes) {
        reserved.addAndGet(bytes);
    }

    /** Bytes that were reserved have been written, or will not come. */
    void giveBack(long bytes) {
        givenBack.addAndGet(bytes);
    }
}
