package io.sluice.edge.http.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** One static file, plain and compressed. */
final class WebFile {
    private static final Pattern VERSIONED = Pattern.compile(".+-\\d+\\.\\d+\\.\\d+\\..+");
    private static final int ETAG_DIGITS = 32;
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html;charset=UTF-8",
                    "css", "text/css;charset=UTF-8",
                    "js", "text/javascript;charset=UTF-8",
                    "svg", "image/svg+xml",
                    "txt", "text/plain;charset=UTF-8");

    private final String contentType;
    private final byte[] plain;
    private final byte[] compressed;
    private final String etag;
    private final boolean isForEver;

    private WebFile(String name, byte[] plain) throws IOException {
        this.contentType =
                Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
        this.plain = plain;
        this.compressed = compress(plain);
        this.etag = etag(plain);
        this.isForEver = VERSIONED.matcher(name).matches();
    }

    /**
     * Reads a file that lies beside this class.
     *
     * @throws UncheckedIOException if it was not packed
     */
    static WebFile read(String name) {
        try (InputStream file =
                Objects.requireNonNull(WebFile.class.getResourceAsStream(name), name)) {
            return new WebFile(name, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String contentType() {
        return contentType;
    }

    boolean isPage() {
        return contentType.startsWith("text/html");
    }

    byte[] plain() {
        return plain;
    }

    byte[] compressed() {
        return compressed;
    }

    /** That of the plain bytes, in its quotes. */
    String etag() {
        return etag;
    }

    /** Whether its name has a version, so that its bytes never change. */
    boolean isForEver() {
        return isForEver;
    }

    private static byte[] compress(byte... plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String etag(byte... bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest).substring(0, ETAG_DIGITS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
