package io.sluice.processor.check;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;

/** PNG (W3C, third edition): IHDR, the frame count in acTL, the orientation in eXIf. */
final class PngHeader {
    private static final int FIRST_CHUNK = 8;
    private static final int CHUNK_OVERHEAD = 12;
    private static final int BIT_DEPTH = 24;
    private static final int COLOUR_TYPE = 25;
    private static final int INTERLACE = 28;

    private PngHeader() {}

    static ImageHeader read(ImageBytes bytes) throws IOException {
        if (!bytes.has(FIRST_CHUNK + 4, "IHDR")) {
            throw new MalformedImage("its first chunk is no IHDR");
        }
        int frames = 1;
        boolean turned = false;
        long at = FIRST_CHUNK;
        while (at + CHUNK_OVERHEAD <= bytes.size()) {
            long length = bytes.u32(at, BIG_ENDIAN);
            String type = bytes.ascii(at + 4, 4);
            if (type.equals("acTL")) {
                frames = Math.clamp(bytes.u32(at + 8, BIG_ENDIAN), 1, Integer.MAX_VALUE);
            } else if (type.equals("eXIf")) {
                turned = Exif.isTurned(bytes, at + 8, at + 8 + length);
            } else if (type.equals("IEND")) {
                break;
            }
            at += CHUNK_OVERHEAD + length;
        }
        return ImageHeader.of(
                        "png", bytes.u32(16, BIG_ENDIAN), bytes.u32(20, BIG_ENDIAN), frames, turned)
                .holding(bytes.u8(INTERLACE) == 0 ? 0 : bytesPerPixel(bytes));
    }

    /** Of an interlaced picture: each pass goes over all of it. */
    private static int bytesPerPixel(ImageBytes bytes) throws IOException {
        int samples =
                switch (bytes.u8(COLOUR_TYPE)) {
                    case 0 -> 1;
                    case 4 -> 2;
                    case 2, 3 -> 3;
                    default -> 4;
                };
        return bytes.u8(BIT_DEPTH) == 16 ? 2 * samples : samples;
    }
}
