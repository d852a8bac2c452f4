package io.sluice.processor.check;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/** BMP: the size in the OS/2 core header or in any of the later Windows ones. */
final class BmpHeader {
    private static final int CORE_HEADER = 12;

    private BmpHeader() {}

    static ImageHeader read(ImageBytes bytes) throws IOException {
        if (bytes.u32(14, LITTLE_ENDIAN) == CORE_HEADER) {
            return ImageHeader.of(
                    "bmp", bytes.u16(18, LITTLE_ENDIAN), bytes.u16(20, LITTLE_ENDIAN), 1, false);
        }
        int width = signed(bytes, 18);
        // A negative height means that the first row is the upper one.
        return ImageHeader.of("bmp", width, Math.abs((long) signed(bytes, 22)), 1, false);
    }

    private static int signed(ImageBytes bytes, long at) throws IOException {
        return (int) bytes.u32(at, LITTLE_ENDIAN);
    }
}
