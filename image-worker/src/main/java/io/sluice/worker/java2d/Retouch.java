package io.sluice.worker.java2d;

import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionOptions;
import io.sluice.worker.engine.Size;
import io.sluice.worker.engine.Target;
import java.util.Arrays;

/** What is done to a picture that has its size. */
final class Retouch {
    private static final int WHITE = 0xFFFFFFFF;

    private Retouch() {}

    static Bitmap of(Bitmap sized, Target target, Size canvas) {
        RenditionOptions options = target.options();
        Bitmap picture = options.blur() > 0 ? Blur.of(sized, options.blur()) : sized;
        if (options.sharpen() > 0) {
            picture = sharpened(picture, Blur.of(picture, options.sharpen()));
        }
        boolean colour = !options.background().isEmpty();
        int background = colour ? 0xFF000000 | Integer.parseInt(options.background(), 16) : WHITE;
        if (colour || target.format() == ImageFormat.JPEG) {
            picture = on(background, picture);
        }
        return canvas.equals(picture.size())
                ? picture
                : padded(picture, canvas, colour || picture.isOpaque() ? background : 0);
    }

    /** What blurring takes away, added once more. */
    private static Bitmap sharpened(Bitmap picture, Bitmap blurred) {
        int[] pixels = new int[picture.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            int here = picture.pixels()[i];
            int alpha = here >>> 24;
            int pixel = alpha;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int sample = here >> shift & 0xFF;
                int sharper = 2 * sample - (blurred.pixels()[i] >> shift & 0xFF);
                pixel = pixel << 8 | Math.clamp(sharper, 0, alpha);
            }
            pixels[i] = pixel;
        }
        return new Bitmap(picture.size(), pixels);
    }

    /** Alpha is multiplied in, so the background only fills what is missing. */
    private static Bitmap on(int background, Bitmap picture) {
        if (picture.isOpaque()) {
            return picture;
        }
        int[] pixels = new int[picture.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            int missing = 255 - (picture.pixels()[i] >>> 24);
            int pixel = 0xFF;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int under = ((background >> shift & 0xFF) * missing + 127) / 255;
                int over = picture.pixels()[i] >> shift & 0xFF;
                pixel = pixel << 8 | Math.min(255, over + under);
            }
            pixels[i] = pixel;
        }
        return new Bitmap(picture.size(), pixels);
    }

    private static Bitmap padded(Bitmap picture, Size canvas, int background) {
        int[] pixels = new int[Math.toIntExact(canvas.pixels())];
        Arrays.fill(pixels, background);
        int width = picture.size().width();
        int left = (canvas.width() - width) / 2;
        int top = (canvas.height() - picture.size().height()) / 2;
        for (int y = 0; y < picture.size().height(); y++) {
            System.arraycopy(
                    picture.pixels(), y * width, pixels, (top + y) * canvas.width() + left, width);
        }
        return new Bitmap(canvas, pixels);
    }
}
