package io.sluice.worker.java2d;

import io.sluice.model.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes a finished picture in memory, with no metadata but what the format demands. */
final class Encoder {
    static final Set<ImageFormat> FORMATS = Set.of(ImageFormat.JPEG, ImageFormat.PNG);

    private Encoder() {}

    static byte[] encode(Bitmap bitmap, ImageFormat format, int quality) throws IOException {
        boolean opaque = format == ImageFormat.JPEG || bitmap.isOpaque();
        BufferedImage image = image(bitmap, opaque);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.word()).next();
        try {
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality / 100f);
            }
            var bytes = new ByteArrayOutputStream();
            try (var output = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(output);
                writer.write(null, new IIOImage(image, null, null), how);
            }
            return bytes.toByteArray();
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage image(Bitmap bitmap, boolean opaque) {
        var image =
                new BufferedImage(
                        bitmap.size().width(),
                        bitmap.size().height(),
                        opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        byte[] rgba = opaque ? new byte[0] : bitmap.rgba();
        int[] pixels = new int[bitmap.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = opaque ? onWhite(bitmap.pixels()[i]) : straight(rgba, i * Bitmap.BANDS);
        }
        image.setRGB(0, 0, image.getWidth(), image.getHeight(), pixels, 0, image.getWidth());
        return image;
    }

    /** Alpha is multiplied in, so white only fills what is missing. */
    private static int onWhite(int pixel) {
        int missing = 255 - (pixel >>> 24);
        return pixel + missing * 0x010101 | 0xFF000000;
    }

    private static int straight(byte[] rgba, int at) {
        return (rgba[at + 3] & 0xFF) << 24
                | (rgba[at] & 0xFF) << 16
                | (rgba[at + 1] & 0xFF) << 8
                | (rgba[at + 2] & 0xFF);
    }
}
