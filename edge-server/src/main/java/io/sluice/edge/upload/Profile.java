package io.sluice.edge.upload;

import io.sluice.model.ImageFormat;
import io.sluice.model.Policy;
import io.sluice.model.RenditionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How uploads of one kind are treated.
 *
 * @param allowedTypes media types by content; {@code image/*} for all of a kind
 * @param maxPixels width × height × frames of a picture
 * @param renditions by name
 */
record Profile(
        @DefaultValue({
                    "image/jpeg",
                    "image/png",
                    "image/webp",
                    "image/gif",
                    "image/tiff",
                    "image/bmp",
                    "image/avif",
                    "text/plain",
                    "text/csv"
                })
                List<String> allowedTypes,
        @DefaultValue("50000000") long maxPixels,
        @DefaultValue Map<String, Preset> renditions) {

    static final Profile DEFAULT =
            new Profile(
                    List.of(
                            "image/jpeg",
                            "image/png",
                            "image/webp",
                            "image/gif",
                            "image/tiff",
                            "image/bmp",
                            "image/avif",
                            "text/plain",
                            "text/csv"),
                    50_000_000,
                    Map.of(
                            "thumb",
                            new Preset(
                                    RenditionSpec.Mode.COVER,
                                    200,
                                    200,
                                    Preset.WEB_FORMATS,
                                    80,
                                    true),
                            "medium",
                            new Preset(
                                    RenditionSpec.Mode.FIT,
                                    1200,
                                    1200,
                                    Preset.WEB_FORMATS,
                                    80,
                                    true)));

    /**
     * A rendition of the profile.
     *
     * @param formats in order of preference: the first that the engine can write
     * @param eager made with the upload; otherwise on the first request
     */
    record Preset(
            @DefaultValue("fit") RenditionSpec.Mode mode,
            int width,
            int height,
            @DefaultValue({"webp", "jpeg"}) List<ImageFormat> formats,
            @DefaultValue("80") int quality,
            @DefaultValue("true") boolean eager) {
        static final List<ImageFormat> WEB_FORMATS = List.of(ImageFormat.WEBP, ImageFormat.JPEG);

        Preset {
            Assert.isTrue(
                    width >= 1 && width <= 16_384 && height >= 1 && height <= 16_384,
                    "width and height of a rendition are required, 1 to 16384 pixels");
            Assert.isTrue(quality >= 1 && quality <= 100, "quality must be 1 to 100");
            Assert.notEmpty(formats, "formats must name at least one");
        }

        RenditionSpec spec(String name) {
            return new RenditionSpec(name, mode, width, height, formats, quality);
        }
    }

    Profile {
        Assert.isTrue(maxPixels > 0, "max-pixels must be more than 0");
        renditions
                .keySet()
                .forEach(name ->
                        Assert.isTrue(
                                name.matches("[a-z0-9][a-z0-9-]{0,31}"),
                                "a rendition's name is up to 32 of a-z, 0-9 and -: " + name));
    }

    Policy policy(String name) {
        return new Policy(name, allowedTypes, maxPixels);
    }

    List<RenditionSpec> eager() {
        return renditions.entrySet().stream()
                .filter(entry -> entry.getValue().eager())
                .map(entry -> entry.getValue().spec(entry.getKey()))
                .toList();
    }

    Optional<RenditionSpec> rendition(String name) {
        return Optional.ofNullable(renditions.get(name)).map(preset -> preset.spec(name));
    }
}
