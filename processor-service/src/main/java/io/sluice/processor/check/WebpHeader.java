package io.sluice.processor.check;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/** WebP (RFC 9649): the first chunk's size, the number of ANMF chunks, the orientation in EXIF. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;

    private WebpHeader() {}

    static ImageHeader read(ImageBytes bytes) throws IOException {
        return switch (bytes.ascii(FIRST_CHUNK, 4)) {
            case "VP8 " ->
                    ImageHeader.of(
                            "webp",
                            bytes.u16(26, LITTLE_ENDIAN) & 0x3FFF,
                            bytes.u16(28, LITTLE_ENDIAN) & 0x3FFF,
                            1,
                            false);
            case "VP8L" -> {
                long sizes = bytes.u32(21, LITTLE_ENDIAN);
                yield ImageHeader.of(
                        "webp", (sizes & 0x3FFF) + 1, ((sizes >> 14) & 0x3FFF) + 1, 1, false);
            }
            case "VP8X" -> extended(bytes);
            default -> throw new MalformedImage("its first chunk is none of VP8, VP8L, VP8X");
        };
    }

    private static ImageHeader extended(ImageBytes bytes) throws IOException {
        int frames = 0;
        boolean turned = false;
        long at = FIRST_CHUNK;
        while (at + 8 <= bytes.size()) {
            String type = bytes.ascii(at, 4);
            long length = bytes.u32(at + 4, LITTLE_ENDIAN);
            if (type.equals("ANMF")) {
                frames++;
            } else if (type.equals("EXIF")) {
                long start = bytes.has(at + 8, "Exif\0\0") ? at + 14 : at + 8;
                turned = Exif.isTurned(bytes, start, at + 8 + length);
            }
            at += 8 + length + (length & 1);
        }
        return ImageHeader.of(
                "webp",
                bytes.unsigned(24, 3, LITTLE_ENDIAN) + 1,
                bytes.unsigned(27, 3, LITTLE_ENDIAN) + 1,
                Math.max(1, frames),
                turned);
    }
}
