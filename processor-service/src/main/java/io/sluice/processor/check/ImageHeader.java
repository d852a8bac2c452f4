package io.sluice.processor.check;

import io.sluice.model.ImageFacts;
import java.io.IOException;
import java.util.Optional;

/**
 * What a picture's header says, read by memory-safe code before any decoder sees the file.
 *
 * @param format its word, as {@code jpeg}
 * @param width as stored, in pixels
 * @param height as stored, in pixels
 * @param frames frames or pages
 * @param pixels of all frames together
 * @param heldBytes that a decoder holds of each pixel at once; 0 where it works row by row
 * @param turned whether it is displayed turned by a quarter, so that width and height change places
 */
public record ImageHeader(
        String format,
        int width,
        int height,
        int frames,
        long pixels,
        int heldBytes,
        boolean turned) {
    private static final int RGBA = 4;

    static ImageHeader of(String format, long width, long height, int frames, boolean turned)
            throws MalformedImage {
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new MalformedImage("its header says %d x %d pixels".formatted(width, height));
        }
        return new ImageHeader(
                format,
                (int) width,
                (int) height,
                frames,
                Math.multiplyExact(width, height) > Long.MAX_VALUE / Math.max(1, frames)
                        ? Long.MAX_VALUE
                        : width * height * frames,
                0,
                turned);
    }

    /**
     * Reads the header of a picture.
     *
     * @return empty if no header of that media type can be read here
     * @throws MalformedImage if it is broken
     */
    public static Optional<ImageHeader> read(String contentType, ImageBytes bytes)
            throws IOException {
        return switch (contentType) {
            case "image/jpeg" -> Optional.of(JpegHeader.read(bytes));
            case "image/png" -> Optional.of(PngHeader.read(bytes));
            // The whole canvas and the frame; or the picture, as its decoders know no rows.
            case "image/gif" -> Optional.of(GifHeader.read(bytes).holding(2 * RGBA));
            case "image/webp" -> Optional.of(WebpHeader.read(bytes).holding(RGBA));
            case "image/bmp" -> Optional.of(BmpHeader.read(bytes));
            case "image/tiff" -> Optional.of(TiffHeader.read(bytes).holding(RGBA));
            case "image/avif" -> Optional.of(HeifHeader.read("avif", bytes).holding(RGBA));
            case "image/heic", "image/heif" ->
                    Optional.of(HeifHeader.read("heic", bytes).holding(RGBA));
            default -> Optional.empty();
        };
    }

    /** The same of a decoder that holds so many bytes of each pixel of a frame. */
    ImageHeader holding(int bytes) {
        return new ImageHeader(format, width, height, frames, pixels, bytes, turned);
    }

    /** What a decoder needs for one frame, in bytes, besides a few rows. */
    public long memory() {
        return (long) width * height * heldBytes;
    }

    /** As the picture is displayed. */
    public ImageFacts facts() {
        return turned
                ? new ImageFacts(format, height, width, frames)
                : new ImageFacts(format, width, height, frames);
    }
}
