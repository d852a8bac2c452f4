package io.sluice.worker.vips;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes metadata out of a WebP file (RFC 9649): libvips 8.14 writes an EXIF chunk whatever it is
 * told.
 */
final class WebpContainer {
    private static final Set<String> METADATA = Set.of("EXIF", "XMP ", "ICCP");
    private static final int FILE_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int METADATA_FLAGS = 0x2C; // of VP8X: ICC, EXIF, XMP

    private WebpContainer() {}

    static byte[] withoutMetadata(byte[] webp) {
        var from = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        var to = ByteBuffer.allocate(webp.length).order(ByteOrder.LITTLE_ENDIAN);
        to.put(webp, 0, FILE_HEADER);
        int position = FILE_HEADER;
        while (position + CHUNK_HEADER <= webp.length) {
            String name = new String(webp, position, 4, StandardCharsets.US_ASCII);
            int data = from.getInt(position + 4);
            int length = Math.min(CHUNK_HEADER + data + (data & 1), webp.length - position);
            if (!METADATA.contains(name)) {
                to.put(webp, position, length);
            }
            if (name.equals("VP8X")) {
                int flags = to.position() - length + CHUNK_HEADER;
                to.put(flags, (byte) (to.get(flags) & ~METADATA_FLAGS));
            }
            position += length;
        }
        to.putInt(4, to.position() - CHUNK_HEADER);
        byte[] clean = new byte[to.position()];
        to.flip().get(clean);
        return clean;
    }
}
