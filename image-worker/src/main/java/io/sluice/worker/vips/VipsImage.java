package io.sluice.worker.vips;

import io.sluice.worker.engine.Size;

/** A picture inside libvips, mostly a recipe that runs when its pixels are asked for. */
record VipsImage(VipsJob job, long address) {
    private static final int CMYK = 15; // VIPS_INTERPRETATION_CMYK
    private static final int COLOUR_BANDS = 3;

    Size size() {
        return new Size(
                (int) job.vips().width.call(address), (int) job.vips().height.call(address));
    }

    boolean isCmyk() {
        return (int) job.vips().interpretation.call(address) == CMYK;
    }

    boolean hasColour() {
        return (int) job.vips().bands.call(address) >= COLOUR_BANDS;
    }

    boolean hasAlpha() {
        return (int) job.vips().hasAlpha.call(address) != 0;
    }

    /** True if its EXIF orientation exchanges width and height. */
    boolean liesOnItsSide() {
        return (int) job.vips().orientation.call(address) >= 5;
    }

    boolean has(String field) {
        return job.vips().typeOfField.call(address, LibVips.text(job.arena(), field)) != 0;
    }

    /** Decodes now, into memory, so that the picture can be read more than once. */
    VipsImage inMemory() throws VipsException {
        return job.own(job.vips().copyMemory.call(address));
    }

    /** An operation that has this picture as its input. */
    VipsOperation to(String operation) throws VipsException {
        return job.operation(operation).set("in", this);
    }

    /** Exactly that large, whatever it was; alpha is weighed as it should. */
    VipsImage resized(Size size) throws VipsException {
        var resize =
                to("thumbnail_image")
                        .set("width", size.width())
                        .set("height", size.height())
                        .set("size", "force")
                        .set("no_rotate", true);
        if (isCmyk()) {
            resize.set("export_profile", "srgb");
        }
        return resize.image();
    }

    /** The middle of the picture. */
    VipsImage centre(Size size) throws VipsException {
        Size whole = size();
        return to("extract_area", "input")
                .set("left", (whole.width() - size.width()) / 2)
                .set("top", (whole.height() - size.height()) / 2)
                .set("width", size.width())
                .set("height", size.height())
                .image();
    }

    /**
     * The same without any field that an original brought along. The savers' own switch is not
     * enough: libvips 8.14.1 ignores it for WebP and would publish where a photograph was taken.
     */
    VipsImage anonymous() throws VipsException {
        VipsImage copy = to("copy").image();
        for (String field : job.fields(copy.address)) {
            job.vips().removeField.call(copy.address, LibVips.text(job.arena(), field));
        }
        return copy;
    }

    private VipsOperation to(String operation, String input) throws VipsException {
        return job.operation(operation).set(input, this);
    }
}
