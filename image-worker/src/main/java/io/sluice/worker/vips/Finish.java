package io.sluice.worker.vips;

import io.sluice.model.ImageFormat;
import io.sluice.model.RenditionOptions;
import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import io.sluice.worker.engine.Target;

/** What is done to a picture that has its size. */
final class Finish {
    private Finish() {}

    static VipsImage of(VipsImage shown, Target target, Placement placement) throws VipsException {
        RenditionOptions options = target.options();
        VipsImage picture = shown;
        if (options.blur() > 0) {
            picture = picture.to("gaussblur").set("sigma", options.blur()).image();
        }
        if (options.sharpen() > 0) {
            picture = sharpened(picture, options.sharpen());
        }
        if (!options.background().isEmpty() || target.format() == ImageFormat.JPEG) {
            picture = flattened(picture, options.background());
        }
        return placement.canvas().equals(picture.size())
                ? picture
                : padded(picture, placement.canvas(), options.background());
    }

    /** In the colours that it had: libvips sharpens in another space and may leave it there. */
    private static VipsImage sharpened(VipsImage picture, double sigma) throws VipsException {
        return picture.to("sharpen")
                .set("sigma", sigma)
                .image()
                .to("colourspace")
                .set("space", picture.hasColour() ? "srgb" : "b-w")
                .image();
    }

    private static VipsImage flattened(VipsImage picture, String background) throws VipsException {
        if (!picture.hasAlpha()) {
            return picture;
        }
        return background.isEmpty()
                ? picture.to("flatten").set("background", "255").image()
                : coloured(picture).to("flatten").set("background", bands(background)).image();
    }

    private static VipsImage padded(VipsImage picture, Size canvas, String background)
            throws VipsException {
        VipsImage shown = background.isEmpty() ? picture : coloured(picture);
        Size size = shown.size();
        VipsOperation embed =
                shown.to("embed")
                        .set("x", (canvas.width() - size.width()) / 2)
                        .set("y", (canvas.height() - size.height()) / 2)
                        .set("width", canvas.width())
                        .set("height", canvas.height())
                        .set("extend", "background");
        if (!background.isEmpty()) {
            embed.set("background", bands(background));
        } else {
            embed.set("background", shown.hasAlpha() ? "0" : "255");
        }
        return embed.image();
    }

    private static VipsImage coloured(VipsImage picture) throws VipsException {
        return picture.hasColour()
                ? picture
                : picture.to("colourspace").set("space", "srgb").image();
    }

    /** {@code rrggbb} as libvips reads an array. */
    private static String bands(String background) {
        int colour = Integer.parseInt(background, 16);
        return "%d %d %d".formatted(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
    }
}
