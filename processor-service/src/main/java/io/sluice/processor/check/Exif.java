package io.sluice.processor.check;

import java.io.IOException;
import java.nio.ByteOrder;

/** The orientation in EXIF data (CIPA DC-008), which is a TIFF file within the picture. */
final class Exif {
    private static final int ORIENTATION = 0x0112;

    private Exif() {}

    /**
     * Whether the orientation is one of the four that change width and height. Broken EXIF data is
     * common and no reason to refuse a picture: it counts as not turned.
     *
     * @param start of the TIFF header
     * @param end after the last byte of the EXIF data
     */
    static boolean isTurned(ImageBytes bytes, long start, long end) throws IOException {
        try {
            ByteOrder order = order(bytes, start);
            long directory = start + bytes.u32(start + 4, order);
            int entries = bytes.u16(directory, order);
            for (int i = 0; i < entries && directory + 14 + 12L * i <= end; i++) {
                long entry = directory + 2 + 12L * i;
                if (bytes.u16(entry, order) == ORIENTATION) {
                    return isTurned(bytes.u16(entry + 8, order));
                }
            }
            return false;
        } catch (MalformedImage e) {
            return false;
        }
    }

    /** Whether an orientation's number is one of the four that change width and height. */
    static boolean isTurned(long orientation) {
        return orientation >= 5 && orientation <= 8;
    }

    /** The byte order that a TIFF header names. */
    static ByteOrder order(ImageBytes bytes, long at) throws IOException {
        if (bytes.has(at, "II")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        if (bytes.has(at, "MM")) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw new MalformedImage("no byte order");
    }
}
