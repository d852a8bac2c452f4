package io.sluice.edge.upload;

import io.sluice.model.ByteSize;
import io.sluice.model.Gravity;
import io.sluice.model.ImageFormat;
import io.sluice.model.Policy;
import io.sluice.model.RenditionOptions;
import io.sluice.model.RenditionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
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
     * @param focusX of the point that gravity may name; this and what follows as in {@link
     *     RenditionOptions}
     */
    record Preset(
            @DefaultValue("fit") RenditionSpec.Mode mode,
            int width,
            int height,
            @DefaultValue({"webp", "jpeg"}) List<ImageFormat> formats,
            @DefaultValue("80") int quality,
            @DefaultValue("true") boolean eager,
            @DefaultValue("centre") Gravity gravity,
            @DefaultValue("0.5") double focusX,
            @DefaultValue("0.5") double focusY,
            @DefaultValue("1") double dpr,
            @DefaultValue("") String background,
            @DefaultValue("0") int rotate,
            @DefaultValue("0") int trim,
            @DefaultValue("0") double blur,
            @DefaultValue("0") double sharpen,
            @DefaultValue("0") ByteSize maxBytes) {
        static final List<ImageFormat> WEB_FORMATS = List.of(ImageFormat.WEBP, ImageFormat.JPEG);

        @ConstructorBinding
        Preset {
            Assert.isTrue(
                    width >= 1 && width <= 16_384 && height >= 1 && height <= 16_384,
                    "width and height of a rendition are required, 1 to 16384 pixels");
            Assert.isTrue(quality >= 1 && quality <= 100, "quality must be 1 to 100");
            Assert.notEmpty(formats, "formats must name at least one");
            // Refuses what makes no sense; the fields are not set yet.
            RenditionOptions _ =
                    new RenditionOptions(
                            gravity,
                            focusX,
                            focusY,
                            dpr,
                            background,
                            rotate,
                            trim,
                            blur,
                            sharpen,
                            maxBytes.bytes());
        }

        /** With no options. */
        Preset(
                RenditionSpec.Mode mode,
                int width,
                int height,
                List<ImageFormat> formats,
                int quality,
                boolean eager) {
            this(
                    mode,
                    width,
                    height,
                    formats,
                    quality,
                    eager,
                    Gravity.CENTRE,
                    0.5,
                    0.5,
                    1,
                    "",
                    0,
                    0,
                    0,
                    0,
                    new ByteSize(0));
        }

        RenditionSpec spec(String name) {
            return new RenditionSpec(name, mode, width, height, formats, quality, options());
        }

        /** What is as it would be anyway is left out: the cache's keys must not depend on it. */
        private RenditionOptions options() {
            boolean focus = gravity == Gravity.FOCUS;
            return new RenditionOptions(
                    gravity,
                    focus ? focusX : 0,
                    focus ? focusY : 0,
                    dpr == 1 ? 0 : dpr,
                    background,
                    rotate,
                    trim,
                    blur,
                    sharpen,
                    maxBytes.bytes());
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
