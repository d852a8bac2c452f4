package io.sluice.model;

import java.util.List;
import java.util.Locale;

/**
 * A rendition to make.
 *
 * @param name the profile's name for it: {@code thumb}
 * @param width of the box in pixels
 * @param height of the box in pixels
 * @param formats in order of preference: the first that the engine can write is made
 * @param quality of the encoder, 1 to 100
 */
public record RenditionSpec(
        String name,
        Mode mode,
        int width,
        int height,
        List<ImageFormat> formats,
        int quality,
        RenditionOptions options) {

    /** How the picture meets the box. */
    public enum Mode {
        /** Shrunk until it is inside the box; never enlarged. */
        FIT,
        /** Fills the box; what stands over is cut off evenly. */
        COVER,
        /** Shrunk until it is inside the box, on a background that fills the box. */
        CONTAIN,
        /** Stretched to the box. */
        FORCE;

        private static final Mode[] VALUES = values();

        private final String word = name().toLowerCase(Locale.ROOT);

        /** As it is spelled in settings and messages: {@code fit}. */
        public String word() {
            return word;
        }

        /**
         * The mode of that word.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Mode ofWord(String word) {
            for (Mode mode : VALUES) {
                if (mode.word.equals(word)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("no rendition mode: " + word);
        }
    }

    /** Without options. */
    public RenditionSpec(
            String name, Mode mode, int width, int height, List<ImageFormat> formats, int quality) {
        this(name, mode, width, height, formats, quality, RenditionOptions.NONE);
    }

    public RenditionSpec {
        formats = List.copyOf(formats);
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "rendition %s: a box of %dx%d holds no picture".formatted(name, width, height));
        }
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("rendition %s: names no format".formatted(name));
        }
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException(
                    "rendition %s: quality %d is not 1 to 100".formatted(name, quality));
        }
    }

    /**
     * The text that names the finished rendition in the cache: equal for equal pictures, whatever
     * the rendition is called. An ETag or a cached file must change when the original or the
     * operations do.
     */
    public String cacheKey(UploadId upload, Sha256 original, ImageFormat format) {
        return "%s/%s/%s:%dx%d:q%d%s.%s"
                .formatted(
                        upload,
                        original,
                        mode.word(),
                        width,
                        height,
                        quality,
                        options.key(),
                        format.word());
    }
}
