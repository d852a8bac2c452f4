package io.sluice.processor.check;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;

/** JPEG (ITU-T T.81, annex B): the frame header, and the orientation in the EXIF segment. */
final class JpegHeader {
    private static final int APP1 = 0xE1;
    private static final String EXIF = "Exif\0\0";

    private JpegHeader() {}

    static ImageHeader read(ImageBytes bytes) throws IOException {
        boolean turned = false;
        long at = 2;
        while (true) {
            at = marker(bytes, at);
            int marker = bytes.u8(at++);
            if (standsAlone(marker)) {
                continue;
            }
            if (marker == 0xD9 || marker == 0xDA) {
                throw new MalformedImage("its pixels begin before its frame header");
            }
            int length = bytes.u16(at, BIG_ENDIAN);
            if (length < 2) {
                throw new MalformedImage("a segment shorter than its own length");
            }
            if (isFrame(marker)) {
                return ImageHeader.of(
                        "jpeg",
                        bytes.u16(at + 5, BIG_ENDIAN),
                        bytes.u16(at + 3, BIG_ENDIAN),
                        1,
                        turned);
            }
            if (marker == APP1 && bytes.has(at + 2, EXIF)) {
                turned = Exif.isTurned(bytes, at + 2 + EXIF.length(), at + length);
            }
            at += length;
        }
    }

    /** Where the next marker's code stands: fill bytes and, as decoders do, stray ones skipped. */
    private static long marker(ImageBytes bytes, long from) throws IOException {
        long at = from;
        while (bytes.u8(at) != 0xFF) {
            at++;
        }
        while (bytes.u8(at) == 0xFF) {
            at++;
        }
        return at;
    }

    private static boolean standsAlone(int marker) {
        return marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }
}
