package io.sluice.edge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/**
 * Buffers on their way through a digest into a file. Each stretch of them is written right after it
 * was hashed, while it still lies in the core's cache: hashing a whole batch first made the
 * kernel's copy several times as dear.
 */
final class Stretches {
    private static final int SIZE = 256 * 1024;

    private Stretches() {}

    /**
     * Appends what remains in the buffers; blocks for the disk.
     *
     * @throws IOException if the disk refuses; then the digest may have taken more than the file
     */
    static void write(FileChannel file, ByteBuffer[] buffers, Consumer<ByteBuffer> digest)
            throws IOException {
        int first = 0;
        while (first < buffers.length) {
            int next = first;
            long bytes = 0;
            while (next < buffers.length && (next == first || fits(bytes, buffers[next]))) {
                bytes += buffers[next].remaining();
                digest.accept(buffers[next].duplicate());
                next++;
            }
            while (bytes > 0) {
                bytes -= file.write(buffers, first, next - first);
            }
            first = next;
        }
    }

    private static boolean fits(long bytes, ByteBuffer more) {
        return bytes + more.remaining() <= SIZE;
    }
}
