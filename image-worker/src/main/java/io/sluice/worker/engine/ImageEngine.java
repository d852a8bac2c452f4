package io.sluice.worker.engine;

import io.sluice.model.ImageFormat;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Decodes an original once and writes its renditions. Called by one thread, one original at a time.
 */
public interface ImageEngine {

    /** Name and version for people: {@code libvips 8.18.7}. */
    String name();

    /** The formats that a target may ask for. */
    Set<ImageFormat> writes();

    /** The media types that an original may have. */
    Set<String> reads();

    /**
     * Writes each target: upright, in sRGB, without any metadata of the original, on white where
     * the format knows no transparency. Of an animation the first frame is taken.
     *
     * @throws IOException if the original can't be opened or a target can't be written; what the
     *     targets' files hold is undefined then
     * @throws IllegalArgumentException if a target asks for a format that {@link #writes()} lacks
     */
    Rendering render(Original original, List<Target> targets) throws IOException;
}
