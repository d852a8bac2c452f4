package io.sluice.worker.engine;

import java.util.Optional;

/**
 * The worker's own bound on the size of an original, behind the profile's: whoever asks, a few
 * kilobytes never become minutes of decoding.
 *
 * @param pixels of the first frame
 */
public record PixelLimit(long pixels) {

    /** 16,383 x 16,383, the largest WebP. */
    public static final PixelLimit DEFAULT = new PixelLimit(16_383L * 16_383);

    /** The system property that changes it. */
    public static final String PROPERTY = "sluice.worker.max-pixels";

    public PixelLimit {
        if (pixels < 1) {
            throw new IllegalArgumentException(
                    "%s = %d: give a positive number of pixels".formatted(PROPERTY, pixels));
        }
    }

    /** Why an original of that size is too large, if it is. */
    public Optional<String> refusal(Size size) {
        if (size.pixels() <= pixels) {
            return Optional.empty();
        }
        return Optional.of("%s pixels are more than %s = %d".formatted(size, PROPERTY, pixels));
    }
}
