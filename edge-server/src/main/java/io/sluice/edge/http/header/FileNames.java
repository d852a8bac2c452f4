package io.sluice.edge.http.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of files as clients send them and as they are sent back. They are metadata: no path is ever
 * made of one.
 */
public final class FileNames {
    /** The longest name that is kept, in UTF-16 units. */
    public static final int LONGEST = 255;

    private static final int LONGEST_EXTENSION = 16;
    private static final String PLAIN = "!#$&+-.^_`|~";

    private FileNames() {}

    /** Undoes that HTTP fields arrive as ISO 8859-1, where their bytes are UTF-8. */
    static String decode(String field) {
        if (field.chars().allMatch(c -> c < 0x80) || field.chars().anyMatch(c -> c > 0xff)) {
            return field;
        }
        return strict(StandardCharsets.UTF_8, field.getBytes(StandardCharsets.ISO_8859_1))
                .orElse(field);
    }

    /** Decodes RFC 8187's {@code UTF-8'language'percent-encoded}; empty if it is malformed. */
    static Optional<String> decodeExtended(String value) {
        String[] parts = value.split("'", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        return switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "UTF-8" -> percentDecoded(parts[2], StandardCharsets.UTF_8);
            case "ISO-8859-1" -> percentDecoded(parts[2], StandardCharsets.ISO_8859_1);
            default -> Optional.empty();
        };
    }

    private static Optional<String> percentDecoded(String text, Charset charset) {
        return percentDecoded(text).flatMap(bytes -> strict(charset, bytes));
    }

    private static Optional<byte[]> percentDecoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    private static Optional<String> strict(Charset charset, byte[] bytes) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            // Not this charset: an answer, not a failure.
            return Optional.empty();
        }
    }

    /**
     * The last path segment without what a terminal, a log or a screen could be fooled with, in
     * NFC, at most {@value #LONGEST} long with its extension kept. Empty if nothing is left.
     */
    public static Optional<String> clean(String name) {
        String segment =
                name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder kept = new StringBuilder(segment.length());
        segment.codePoints().filter(FileNames::isHarmless).forEach(kept::appendCodePoint);
        String clean = shorten(Normalizer.normalize(kept, Normalizer.Form.NFC).strip()).strip();
        return clean.isEmpty() || clean.equals(".") || clean.equals("..")
                ? Optional.empty()
                : Optional.of(clean);
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            // Of the format characters only the joiners, which emoji and several scripts need.
            case Character.FORMAT -> c == 0x200c || c == 0x200d;
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    private static String shorten(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension =
                dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int end = LONGEST - extension.length();
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + extension;
    }

    /** An RFC 6266 disposition that any client understands: always one line of ASCII. */
    public static String disposition(String type, String name) {
        StringBuilder ascii = new StringBuilder();
        name.chars()
                .forEach(c ->
                        ascii.append(
                                c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%'
                                        ? '_'
                                        : (char) c));
        StringBuilder extended = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || PLAIN.indexOf(c) >= 0) {
                extended.append(c);
            } else {
                extended.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(type, ascii, extended);
    }
}
