package io.sluice.model;

import java.util.Locale;
import java.util.Optional;

/** A picture format that a rendition can have. */
public enum ImageFormat {
    JPEG,
    PNG,
    WEBP,
    AVIF,
    GIF;

    /** The media type, as {@code image/jpeg}. */
    public String contentType() {
        return "image/" + word();
    }

    /** As it is spelled in settings and messages: {@code jpeg}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ImageFormat ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The format of a media type, if it is one of these. */
    public static Optional<ImageFormat> ofContentType(String contentType) {
        for (ImageFormat format : values()) {
            if (format.contentType().equals(contentType)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
