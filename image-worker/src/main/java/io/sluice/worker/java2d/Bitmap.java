package io.sluice.worker.java2d;

import io.sluice.worker.engine.Size;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Decoded pixels in sRGB, eight bits a sample, alpha multiplied in: the form in which they may be
 * averaged.
 *
 * @param pixels ARGB, row by row; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copies would double the memory
public record Bitmap(Size size, int[] pixels) {
    /** The samples of a pixel of {@link #rgba()}. */
    public static final int BANDS = 4;

    static Bitmap of(BufferedImage premultiplied) {
        return new Bitmap(
                new Size(premultiplied.getWidth(), premultiplied.getHeight()),
                ((DataBufferInt) premultiplied.getRaster().getDataBuffer()).getData());
    }

    /** An empty picture over an array of its own, which drawing fills. */
    static BufferedImage canvas(Size size) {
        return new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_ARGB_PRE);
    }

    /** Red, green, blue and alpha of each pixel, alpha not multiplied in. */
    public byte[] rgba() {
        byte[] bytes = new byte[pixels.length * BANDS];
        int at = 0;
        for (int pixel : pixels) {
            int alpha = pixel >>> 24;
            bytes[at++] = straight(pixel >> 16, alpha);
            bytes[at++] = straight(pixel >> 8, alpha);
            bytes[at++] = straight(pixel, alpha);
            bytes[at++] = (byte) alpha;
        }
        return bytes;
    }

    boolean isOpaque() {
        for (int pixel : pixels) {
            if (pixel >>> 24 != 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static byte straight(int sample, int alpha) {
        return (byte) (alpha == 0 ? 0 : Math.min(255, ((sample & 0xFF) * 255 + alpha / 2) / alpha));
    }
}
