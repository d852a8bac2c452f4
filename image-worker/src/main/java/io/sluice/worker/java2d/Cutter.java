package io.sluice.worker.java2d;

import io.sluice.model.RenditionOptions;
import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import io.sluice.worker.engine.Target;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Cuts a target's part out of the decoded picture and brings it to the target's size. */
final class Cutter {
    private Cutter() {}

    /** The finished picture of a target. */
    static Bitmap place(BitmapDecoder.Decoded decoded, Target target) {
        RenditionOptions options = target.options();
        Bitmap turned = Orientation.turnedBy(options.rotate()).turn(decoded.bitmap());
        Size upright = Placement.turned(decoded.upright(), options);
        if (options.trim() > 0) {
            Bitmap inner = cut(turned, Border.within(turned, options.trim()));
            upright = inner.size().scaled((double) upright.width() / turned.size().width());
            turned = inner;
        }
        Placement placement = Placement.of(target, upright);
        Placement.Part part = placement.partOf(turned.size(), upright);
        if (options.gravity().isSmart()) {
            part = Interest.part(turned, part.size());
        }
        Bitmap shown = cut(turned, part);
        boolean shrinks =
                placement.out().width() <= part.size().width()
                        && placement.out().height() <= part.size().height();
        Bitmap sized =
                shrinks
                        ? AreaAverage.shrink(shown, placement.out())
                        : enlarged(shown, placement.out());
        return Retouch.of(sized, target, placement.canvas());
    }

    private static Bitmap cut(Bitmap whole, Placement.Part part) {
        Size size = part.size();
        if (size.equals(whole.size())) {
            return whole;
        }
        int[] pixels = new int[Math.toIntExact(size.pixels())];
        for (int y = 0; y < size.height(); y++) {
            int from = (part.top() + y) * whole.size().width() + part.left();
            System.arraycopy(whole.pixels(), from, pixels, y * size.width(), size.width());
        }
        return new Bitmap(size, pixels);
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
