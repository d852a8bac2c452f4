package io.sluice.worker.engine;

import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionSpec.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One rendition to write.
 *
 * @param name comes back with what was made
 * @param file exists already; its first {@code offset} bytes belong to the cache and stay
 * @param box the largest size ({@link Mode#FIT}) or the exact one ({@link Mode#COVER})
 * @param quality of a lossy encoder, 1 to 100
 */
public record Target(
        String name, Path file, long offset, ImageFormat format, Mode mode, Size box, int quality) {

    public Target {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is %d, not 1 to 100".formatted(quality));
        }
    }

    /** Puts the encoded picture into the file, which then ends where the picture does. */
    public Made write(Size size, ByteBuffer picture) throws IOException {
        long length = picture.remaining();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long position = offset;
            while (picture.hasRemaining()) {
                position += channel.write(picture, position);
            }
            channel.truncate(position);
        }
        return new Made(name, size, length);
    }
}
