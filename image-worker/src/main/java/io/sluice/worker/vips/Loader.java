package io.sluice.worker.vips;

import io.sluice.worker.engine.Original;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The decoder of one media type. It is named outright: libvips never guesses by content. */
record Loader(String operation) {
    private static final Map<String, Loader> LOADERS =
            Map.of(
                    "image/jpeg", new Loader("jpegload"),
                    "image/png", new Loader("pngload"),
                    "image/webp", new Loader("webpload"),
                    "image/gif", new Loader("gifload"),
                    "image/tiff", new Loader("tiffload"),
                    "image/avif", new Loader("heifload"));

    static Optional<Loader> of(String type) {
        return Optional.ofNullable(LOADERS.get(type));
    }

    /** All types with a decoder, were libvips built with every one. */
    static Set<String> types() {
        return LOADERS.keySet();
    }

    /** The header; no pixel is decoded yet. */
    VipsImage header(VipsJob job, Original original) throws VipsException {
        return open(job, original).image();
    }

    /**
     * The picture, decoded no larger than needed where the format allows that.
     *
     * @param scale the factor, 1 at most, by which the picture will be shrunk
     */
    VipsImage picture(VipsJob job, Original original, double scale) throws VipsException {
        var load = open(job, original);
        if (operation.equals("jpegload")) {
            // The DCT shrinks by powers of two almost for free; the resizer does the rest.
            load.set("shrink", Math.min(8, Integer.highestOneBit((int) (1 / scale))));
        } else if (operation.equals("webpload") && scale < 1) {
            load.set("scale", scale);
        }
        return load.image();
    }

    private VipsOperation open(VipsJob job, Original original) throws VipsException {
        return job.operation(operation)
                .set("filename", original.file())
                .set("access", "sequential")
                .set("fail_on", "error");
    }
}
