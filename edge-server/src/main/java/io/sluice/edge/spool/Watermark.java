package io.sluice.edge.spool;

import java.io.IOException;
import java.nio.file.FileStore;

/**
 * Knows how much room uploads have. The free space is looked up on a thread of its own, every
 * second, so that asking costs nothing and never touches the disk.
 */
final class Watermark {
    private final FileStore disk;
    private final long minFree;
    private volatile long free;

    Watermark(FileStore disk, long minFree) throws IOException {
        this.disk = disk;
        this.minFree = minFree;
        look();
    }

    /** Looks the free space up. */
    void look() throws IOException {
        free = disk.getUsableSpace();
    }

    /** Bytes that uploads may still take before the watermark is reached; negative below it. */
    long room() {
        return free - minFree;
    }

    void require(long bytes) {
        long room = room();
        if (bytes > room) {
            throw new NoDiskRoom(
                    "%d bytes are asked for, %d are free and %d must stay free (sluice.disk.min-free)"
                            .formatted(bytes, free, minFree));
        }
    }
}
