package io.sluice.worker.vips;

import io.sluice.model.Gravity;
import io.sluice.model.RenditionOptions;
import io.sluice.worker.engine.Original;
import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import io.sluice.worker.engine.Target;
import io.sluice.worker.java2d.Bitmap;
import io.sluice.worker.java2d.BitmapDecoder;
import java.util.List;

/**
 * A decoded original from which all targets are cut: upright, sRGB or grey, eight bits a sample, in
 * memory.
 *
 * @param upright the size of the whole original, as it is shown
 */
record Base(VipsImage picture, Size upright) {

    static Base decode(
            VipsJob job, Loader loader, VipsImage header, Original original, List<Target> targets)
            throws VipsException {
        Size stored = header.size();
        Size upright = header.liesOnItsSide() ? stored.transposed() : stored;
        double scale = Placement.sharedScale(targets, upright);
        VipsImage small =
                standard(loader.picture(job, original, scale).resized(stored.scaled(scale)));
        return new Base(small.inMemory().to("autorot").image(), upright);
    }

    static Base of(VipsJob job, BitmapDecoder.Decoded decoded) throws VipsException {
        Bitmap bitmap = decoded.bitmap();
        VipsImage pixels =
                job.imageOf(
                        bitmap.rgba(), bitmap.size().width(), bitmap.size().height(), Bitmap.BANDS);
        return new Base(standard(pixels), decoded.upright());
    }

    /** The finished picture of a target. */
    VipsImage place(Target target) throws VipsException {
        RenditionOptions options = target.options();
        Base base = turned(options).trimmed(options);
        Placement placement = Placement.of(target, base.upright);
        VipsImage shown = base.cut(placement, options.gravity());
        return Finish.of(shown, target, placement);
    }

    private VipsImage cut(Placement placement, Gravity gravity) throws VipsException {
        Placement.Part part = placement.partOf(picture.size(), upright);
        if (part.size().equals(picture.size())) {
            return resized(picture, placement.out());
        }
        return resized(
                gravity.isSmart()
                        ? picture.interestingPart(part.size(), gravity)
                        : picture.part(part),
                placement.out());
    }

    private static VipsImage resized(VipsImage shown, Size out) throws VipsException {
        return shown.size().equals(out) ? shown : shown.resized(out);
    }

    private Base turned(RenditionOptions options) throws VipsException {
        return options.rotate() == 0
                ? this
                : new Base(
                        picture.to("rot").set("angle", "d" + options.rotate()).image(),
                        Placement.turned(upright, options));
    }

    /** Without the border; a picture that is all border stays as it is. */
    private Base trimmed(RenditionOptions options) throws VipsException {
        if (options.trim() == 0) {
            return this;
        }
        Placement.Part inner = picture.withoutBorder(options.trim());
        double scale = (double) upright.width() / picture.size().width();
        return inner.size().equals(picture.size())
                ? this
                : new Base(picture.part(inner), inner.size().scaled(scale));
    }

    private static VipsImage standard(VipsImage picture) throws VipsException {
        VipsImage colours = picture.has("icc-profile-data") ? converted(picture) : picture;
        return colours.to("colourspace").set("space", colours.hasColour() ? "srgb" : "b-w").image();
    }

    /** A profile that makes no sense is ignored, as browsers do: the pixels are still good. */
    private static VipsImage converted(VipsImage picture) throws VipsException {
        try {
            return picture.to("icc_transform")
                    .set("output_profile", "srgb")
                    .set("embedded", true)
                    .image();
        } catch (VipsException e) {
            return picture;
        }
    }
}
