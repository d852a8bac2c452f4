package io.sluice.worker.java2d;

import io.sluice.worker.engine.Original;
import io.sluice.worker.engine.PixelLimit;
import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import io.sluice.worker.engine.Target;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;

/**
 * Decodes the first picture of a file with ImageIO, leaving out rows and columns as long as twice
 * what the targets need remains.
 */
public final class BitmapDecoder {
    static final Set<String> TYPES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp");

    /** Readers of these hold the whole picture, however much of it is asked for. */
    private static final Set<String> NEVER_IN_PARTS = Set.of("image/webp", "image/gif");

    private static final int BYTES_PER_PIXEL = 8; // as decoded, and as converted

    private BitmapDecoder() {}

    /** What became of it. */
    public sealed interface Result {}

    /**
     * The picture, upright already.
     *
     * @param upright the size of the whole original, as it is shown
     */
    public record Decoded(Bitmap bitmap, Size upright) implements Result {}

    /** Why it can't be decoded. */
    public record Refused(String reason) implements Result {}

    /**
     * Decodes for those targets.
     *
     * @throws IOException if the file can't be opened
     */
    public static Result decode(Original original, List<Target> targets, PixelLimit limit)
            throws IOException {
        try (var input = new FileImageInputStream(original.file().toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(original.type());
            if (!TYPES.contains(original.type()) || !readers.hasNext()) {
                return new Refused("Java2D can't read " + original.type());
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return decode(reader, original, targets, limit);
            } catch (IOException | RuntimeException e) {
                // Decoders in Java answer garbage with exceptions of every kind.
                return new Refused(original.type() + ": " + e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Result decode(
            ImageReader reader, Original original, List<Target> targets, PixelLimit limit)
            throws IOException {
        Size stored = new Size(reader.getWidth(0), reader.getHeight(0));
        Optional<String> refusal = limit.refusal(stored);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        Orientation orientation = Orientation.of(original.file());
        Size upright = orientation.upright(stored);
        double scale = Placement.sharedScale(targets, upright);
        int step = Math.max(1, (int) (1 / (2 * scale)));
        long needed = BYTES_PER_PIXEL * stored.pixels() / memoryDivisor(original.type(), step);
        if (needed > Runtime.getRuntime().maxMemory()) {
            return new Refused(
                    "decoding %s pixels takes %d bytes, more than the worker's heap (-Xmx) of %d"
                            .formatted(stored, needed, Runtime.getRuntime().maxMemory()));
        }
        Bitmap bitmap = Pixels.standard(read(reader, step));
        // Upright only after shrinking: turning moves every pixel.
        Bitmap shrunk = AreaAverage.shrink(bitmap, atMost(bitmap.size(), stored.scaled(scale)));
        return new Decoded(orientation.turn(shrunk), upright);
    }

    private static BufferedImage read(ImageReader reader, int step) throws IOException {
        var damage = new DamageListener();
        reader.addIIOReadWarningListener(damage);
        ImageReadParam how = reader.getDefaultReadParam();
        how.setSourceSubsampling(step, step, 0, 0);
        ImageTypeSpecifier raw = reader.getRawImageType(0);
        if (raw != null && hasOwnColours(raw.getColorModel().getColorSpace())) {
            how.setDestinationType(raw); // else the reader takes its samples for sRGB
        }
        BufferedImage image = reader.read(0, how);
        if (damage.warning().isPresent()) {
            throw new IIOException(damage.warning().get());
        }
        return image;
    }

    private static boolean hasOwnColours(ColorSpace colours) {
        return colours.getType() == ColorSpace.TYPE_RGB && !colours.isCS_sRGB();
    }

    private static long memoryDivisor(String type, int step) {
        return NEVER_IN_PARTS.contains(type) ? 1 : (long) step * step;
    }

    private static Size atMost(Size decoded, Size wanted) {
        return new Size(
                Math.min(decoded.width(), wanted.width()),
                Math.min(decoded.height(), wanted.height()));
    }
}
