package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Content that nothing can compress, the same in each run. */
final class RandomFile {
    private static final int PIECE = 1 << 20;
    private static final long SEED = 20_260_101;

    private RandomFile() {}

    /** Writes a file of that many bytes, rounded up to whole MiB. */
    static void write(Path file, long size) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        byte[] piece = new byte[PIECE];
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long written = 0; written < size; written += PIECE) {
                random.nextBytes(piece);
                ByteBuffer buffer = ByteBuffer.wrap(piece);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
    }
}
