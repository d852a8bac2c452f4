package io.sluice.worker.java2d;

import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Cuts a target's part out of the decoded picture and brings it to the target's size. */
final class Cutter {
    private Cutter() {}

    static Bitmap place(BitmapDecoder.Decoded decoded, Placement placement) {
        Size part = placement.partOf(decoded.bitmap().size(), decoded.upright());
        Bitmap shown = centre(decoded.bitmap(), part);
        boolean shrinks =
                placement.out().width() <= part.width()
                        && placement.out().height() <= part.height();
        return shrinks
                ? AreaAverage.shrink(shown, placement.out())
                : enlarged(shown, placement.out());
    }

    private static Bitmap centre(Bitmap whole, Size part) {
        if (part.equals(whole.size())) {
            return whole;
        }
        int left = (whole.size().width() - part.width()) / 2;
        int top = (whole.size().height() - part.height()) / 2;
        int[] pixels = new int[Math.toIntExact(part.pixels())];
        for (int y = 0; y < part.height(); y++) {
            int from = (top + y) * whole.size().width() + left;
            System.arraycopy(whole.pixels(), from, pixels, y * part.width(), part.width());
        }
        return new Bitmap(part, pixels);
    }

    private static Bitmap enlarged(Bitmap small, Size size) {
        BufferedImage from = Bitmap.canvas(small.size());
        System.arraycopy(small.pixels(), 0, Bitmap.of(from).pixels(), 0, small.pixels().length);
        BufferedImage to = Bitmap.canvas(size);
        Graphics2D pen = to.createGraphics();
        pen.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(from, 0, 0, size.width(), size.height(), null);
        pen.dispose();
        return Bitmap.of(to);
    }
}
