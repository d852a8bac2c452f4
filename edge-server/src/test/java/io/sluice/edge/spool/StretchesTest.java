package io.sluice.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StretchesTest {
    @TempDir Path directory;

    @Test
    void writesAndHashesEveryByteInOrderHoweverLargeItsBuffersAre() throws IOException {
        Random random = new Random(11);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer[] buffers =
                IntStream.of(0, 1, 300_000, 0, 262_144, 10, 200_000, 62_144, 1, 5_000, 600_000, 0)
                        .mapToObj(size -> {
                            byte[] bytes = new byte[size];
                            random.nextBytes(bytes);
                            all.writeBytes(bytes);
                            return ByteBuffer.wrap(bytes);
                        })
                        .toArray(ByteBuffer[]::new);
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        Path path = directory.resolve("file");
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Stretches.write(file, buffers, bytes -> hashed.writeBytes(rest(bytes)));
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(all.toByteArray());
        assertThat(hashed.toByteArray()).isEqualTo(all.toByteArray());
        assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
    }

    private static byte[] rest(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }
}
