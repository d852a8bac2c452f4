package io.sluice.worker.vips;

import io.sluice.model.Gravity;
import io.sluice.worker.engine.Placement;
import io.sluice.worker.engine.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

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

    /** All samples, pixel by pixel and row by row. */
    byte[] samples() throws VipsException {
        try (var arena = Arena.ofConfined()) {
            var length = arena.allocate(ValueLayout.JAVA_LONG);
            long memory = job.vips().toMemory.call(address, length.address());
            if (memory == 0) {
                throw job.failure();
            }
            byte[] samples =
                    LibVips.memory(memory, length.get(ValueLayout.JAVA_LONG, 0))
                            .toArray(ValueLayout.JAVA_BYTE);
            job.vips().free.call(memory);
            return samples;
        }
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

    /** A part of the picture. */
    VipsImage part(Placement.Part part) throws VipsException {
        return to("extract_area", "input")
                .set("left", part.left())
                .set("top", part.top())
                .set("width", part.size().width())
                .set("height", part.size().height())
                .image();
    }

    /** What is left when a border no further than that from its corner's colour is taken off. */
    Placement.Part withoutBorder(int threshold) throws VipsException {
        StringBuilder corner = new StringBuilder();
        VipsImage opaque = hasAlpha() ? to("flatten").set("background", "255").image() : this;
        for (byte sample : opaque.part(new Placement.Part(0, 0, new Size(1, 1))).samples()) {
            corner.append(Byte.toUnsignedInt(sample)).append(' ');
        }
        return opaque.to("find_trim")
                .set("threshold", threshold)
                .set("background", corner.toString().strip())
                .area(size());
    }

    /** The part of that size that libvips finds worth looking at. */
    VipsImage interestingPart(Size size, Gravity gravity) throws VipsException {
        return to("smartcrop", "input")
                .set("width", size.width())
                .set("height", size.height())
                .set("interesting", gravity.word())
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

    VipsOperation to(String operation, String input) throws VipsException {
        return job.operation(operation).set(input, this);
    }
}
