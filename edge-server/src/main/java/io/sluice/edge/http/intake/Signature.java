package io.sluice.edge.http.intake;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Bytes that a file begins with if, and only if, it is of a kind. Kinds that text could begin like
 * are not here.
 *
 * @param name for the message
 * @param hex the bytes
 * @param types all media types that files with these bytes may have; {@code application/*} for a
 *     container of anything
 */
record Signature(String name, String hex, List<String> types) {
    private static final int LONGEST = 16;
    private static final List<Signature> ALL =
            List.of(
                    of("a JPEG picture", "ffd8ff", "image/jpeg"),
                    of("a PNG picture", "89504e470d0a1a0a", "image/png", "image/apng"),
                    of("a GIF picture", "474946383961", "image/gif"),
                    of("a Photoshop picture", "384250530001", "image/vnd.adobe.photoshop"),
                    of(
                            "a PDF document",
                            "255044462d",
                            "application/pdf",
                            "application/illustrator"),
                    of("a PostScript document", "252150532d41646f62652d", "application/postscript"),
                    of("an executable", "7f454c46", "application/*"),
                    of("a Java class or a Mach-O executable", "cafebabe", "application/*"),
                    of("a WebAssembly module", "0061736d01000000", "application/*"),
                    of(
                            "a ZIP container",
                            "504b0304",
                            "application/*",
                            "model/*",
                            "image/openraster"),
                    of(
                            "an Office document of the old kind",
                            "d0cf11e0a1b11ae1",
                            "application/*",
                            "image/vnd.fpx"),
                    of("a 7-Zip archive", "377abcaf271c", "application/*"),
                    of("a RAR archive", "526172211a07", "application/*"),
                    of("a gzip archive", "1f8b08", "application/*", "image/svg+xml"),
                    of("an XZ archive", "fd377a585a00", "application/*"),
                    of("a Zstandard archive", "28b52ffd", "application/*"),
                    of("an SQLite database", "53514c69746520666f726d6174203300", "application/*"),
                    of("a FLAC recording", "664c6143000000", "audio/*"),
                    of("a Matroska file", "1a45dfa3", "video/*", "audio/*", "application/*"));

    private static Signature of(String name, String hex, String... types) {
        return new Signature(name, hex, List.of(types));
    }

    /** The signature that the bytes begin with; empty if what they are isn't certain. */
    static Optional<Signature> of(byte[] head) {
        String start = HexFormat.of().formatHex(head, 0, Math.min(head.length, LONGEST));
        return ALL.stream().filter(signature -> start.startsWith(signature.hex())).findFirst();
    }
}
