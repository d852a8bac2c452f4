package io.sluice.worker;

import io.sluice.worker.engine.EngineUnavailableException;
import io.sluice.worker.engine.ImageEngine;
import io.sluice.worker.engine.PixelLimit;
import io.sluice.worker.java2d.Java2dEngine;
import io.sluice.worker.vips.VipsEngine;
import java.util.Properties;

/** Which engine to use, by the operator's word. */
record EngineChoice(String word, PixelLimit limit) {
    static final String PROPERTY = "sluice.worker.engine";

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if the pixel limit is no positive number
     */
    static EngineChoice ofProperties(Properties properties) {
        String pixels = properties.getProperty(PixelLimit.PROPERTY);
        try {
            return new EngineChoice(
                    properties.getProperty(PROPERTY, "auto"),
                    pixels == null ? PixelLimit.DEFAULT : new PixelLimit(Long.parseLong(pixels)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s = %s: give a number of pixels".formatted(PixelLimit.PROPERTY, pixels), e);
        }
    }

    /**
     * Starts the engine; {@code auto} takes Java2D where libvips is missing or broken, and says so.
     *
     * @throws EngineUnavailableException if {@code vips} was demanded and can't work
     * @throws IllegalArgumentException if there is no such engine
     */
    ImageEngine open() throws EngineUnavailableException {
        return switch (word) {
            case "vips" -> VipsEngine.open(limit);
            case "java2d" -> new Java2dEngine(limit);
            case "auto" -> vipsIfPossible();
            default ->
                    throw new IllegalArgumentException(
                            "%s = %s: use auto, vips or java2d".formatted(PROPERTY, word));
        };
    }

    private ImageEngine vipsIfPossible() {
        try {
            return VipsEngine.open(limit);
        } catch (EngineUnavailableException e) {
            System.err.println("image worker: using Java2D: " + e.getMessage());
            return new Java2dEngine(limit);
        }
    }
}
