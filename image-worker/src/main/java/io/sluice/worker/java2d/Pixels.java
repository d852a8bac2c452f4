package io.sluice.worker.java2d;

import io.sluice.worker.engine.Size;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Brings whatever ImageIO decoded into the one form that the rest works on. */
final class Pixels {
    private Pixels() {}

    static Bitmap standard(BufferedImage decoded) {
        ColorSpace colours = decoded.getColorModel().getColorSpace();
        if (!(decoded.getColorModel() instanceof IndexColorModel)) {
            if (colours.getType() == ColorSpace.TYPE_GRAY) {
                return grey(decoded);
            }
            if (!colours.isCS_sRGB()) {
                return converted(decoded);
            }
        }
        BufferedImage canvas = canvas(decoded);
        Graphics2D pen = canvas.createGraphics();
        pen.drawImage(decoded, 0, 0, null);
        pen.dispose();
        return Bitmap.of(canvas);
    }

    /** By the picture's own profile. */
    private static Bitmap converted(BufferedImage decoded) {
        BufferedImage canvas = canvas(decoded);
        new ColorConvertOp(null).filter(decoded, canvas);
        return Bitmap.of(canvas);
    }

    /**
     * Samples are taken as they are: Java's grey is linear, so its own conversion would brighten
     * every picture.
     */
    private static Bitmap grey(BufferedImage decoded) {
        BufferedImage canvas = canvas(decoded);
        Bitmap bitmap = Bitmap.of(canvas);
        Raster raster = decoded.getRaster();
        int bits = decoded.getColorModel().getComponentSize(0);
        boolean alpha = decoded.getColorModel().hasAlpha();
        boolean multiplied = decoded.isAlphaPremultiplied();
        int[] samples = new int[raster.getNumBands() * raster.getWidth()];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
            for (int x = 0; x < raster.getWidth(); x++) {
                int value = eightBits(samples[x * raster.getNumBands()], bits);
                int opacity = alpha ? eightBits(samples[x * raster.getNumBands() + 1], bits) : 255;
                int shade = multiplied ? value : (value * opacity + 127) / 255;
                bitmap.pixels()[at++] = opacity << 24 | shade << 16 | shade << 8 | shade;
            }
        }
        return bitmap;
    }

    private static int eightBits(int sample, int bits) {
        return bits == 16 ? sample >>> 8 : sample * 255 / ((1 << bits) - 1);
    }

    private static BufferedImage canvas(BufferedImage like) {
        return Bitmap.canvas(new Size(like.getWidth(), like.getHeight()));
    }
}
