package io.sluice.worker.engine;

import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionOptions;
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
 * @param box the largest size ({@link Mode#FIT}) or the exact one (all other modes)
 * @param quality of a lossy encoder, 1 to 100
 */
public record Target(
        String name,
        Path file,
        long offset,
        ImageFormat format,
        Mode mode,
        Size box,
        int quality,
        RenditionOptions options) {

    /** Without options. */
    public Target(
            String name,
            Path file,
            long offset,
            ImageFormat format,
            Mode mode,
            Size box,
            int quality) {
        this(name, file, offset, format, mode, box, quality, RenditionOptions.NONE);
    }

    public Target {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is %d, not 1 to 100".formatted(quality));
        }
    }

    /**
     * Encodes at the target's quality, or at the highest below it that keeps the file within the
     * bytes that it may have; as small as can be where none does.
     */
    public <X extends Exception> byte[] encode(Encoder<X> encoder) throws X {
        byte[] best = encoder.encode(quality);
        long most = options.maxBytes();
        if (most == 0 || best.length <= most) {
            return best;
        }
        int low = 1;
        int high = quality - 1;
        best = encoder.encode(low);
        while (best.length <= most && low < high) {
            int middle = (low + high + 1) / 2;
            byte[] tried = encoder.encode(middle);
            if (tried.length <= most) {
                low = middle;
                best = tried;
            } else {
                high = middle - 1;
            }
        }
        return best;
    }

    /** Makes the file's bytes. */
    @FunctionalInterface
    public interface Encoder<X extends Exception> {
        byte[] encode(int quality) throws X;
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
