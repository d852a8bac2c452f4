package io.sluice.processor.check;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;

/** JPEG (ITU-T T.81, annex B): the frame header, and the orientation in the EXIF segment. */
final class JpegHeader {
    private static final int APP1 = 0xE1;
    private static final String EXIF = "Exif\0\0";
    private static final int COEFFICIENT_BYTES = 2;

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
                                turned)
                        .holding(
                                isProgressive(marker) || isInSeveralScans(bytes, at, length)
                                        ? coefficientBytes(bytes, at)
                                        : 0);
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

    private static boolean isProgressive(int frame) {
        return (frame & 3) == 2;
    }

    /** Whether the first scan doesn't have all components: a decoder must wait for the others. */
    private static boolean isInSeveralScans(ImageBytes bytes, long frame, int length)
            throws IOException {
        long at = frame + length;
        try {
            while (true) {
                at = marker(bytes, at);
                int marker = bytes.u8(at++);
                if (marker == 0xDA) {
                    return bytes.u8(at + 2) < bytes.u8(frame + 7);
                }
                at += standsAlone(marker) ? 0 : Math.max(2, bytes.u16(at, BIG_ENDIAN));
            }
        } catch (MalformedImage e) {
            return false; // no scan, no pixels
        }
    }

    /** All of a pixel's coefficients, those of coarser components by their share; rounded up. */
    private static int coefficientBytes(ImageBytes bytes, long frame) throws IOException {
        int blocks = 0;
        int most = 1;
        for (int i = 0; i < bytes.u8(frame + 7); i++) {
            int sampling = bytes.u8(frame + 9 + 3L * i);
            int each = (sampling >> 4) * (sampling & 0xF);
            blocks += each;
            most = Math.max(most, each);
        }
        return Math.ceilDiv(COEFFICIENT_BYTES * blocks, most);
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
