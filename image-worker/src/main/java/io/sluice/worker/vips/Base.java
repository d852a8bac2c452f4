package io.sluice.worker.vips;

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
        double scale =
                Placement.sharedScale(
                        targets.stream().map(target -> Placement.of(target, upright)).toList());
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

    /** The part of the picture that a target shows, in the target's size. */
    VipsImage place(Placement placement) throws VipsException {
        Size part = placement.partOf(picture.size(), upright);
        VipsImage shown = part.equals(picture.size()) ? picture : picture.centre(part);
        return shown.size().equals(placement.out()) ? shown : shown.resized(placement.out());
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
