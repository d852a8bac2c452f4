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

    private static final ImageFormat[] VALUES = values();

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String contentType = "image/" + word;

    /** The media type, as {@code image/jpeg}. */
    public String contentType() {
        return contentType;
    }

    /** As it is spelled in settings and messages: {@code jpeg}. */
    public String word() {
        return word;
    }

    /**
     * The format of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ImageFormat ofWord(String word) {
        for (ImageFormat format : VALUES) {
            if (format.word.equals(word)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no picture format: " + word);
    }

    /** The format of a media type, if it is one of these. */
    public static Optional<ImageFormat> ofContentType(String contentType) {
        for (ImageFormat format : VALUES) {
            if (format.contentType.equals(contentType)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
