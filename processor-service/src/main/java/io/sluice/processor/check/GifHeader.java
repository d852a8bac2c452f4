package io.sluice.processor.check;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/**
 * GIF (89a): the screen, widened by frames that stand over it as decoders do, and the number of
 * frames, for which all blocks are stepped over.
 */
final class GifHeader {
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;

    private final ImageBytes bytes;
    private int width;
    private int height;
    private int frames;
    private long at;

    private GifHeader(ImageBytes bytes) {
        this.bytes = bytes;
    }

    static ImageHeader read(ImageBytes bytes) throws IOException {
        GifHeader header = new GifHeader(bytes);
        header.screen();
        try {
            while (header.block()) {
                // Each turn steps over one block.
            }
        } catch (MalformedImage e) {
            // Cut off after a whole frame: what is there can be shown.
            if (header.frames == 0) {
                throw e;
            }
        }
        if (header.frames == 0) {
            throw new MalformedImage("it has no frame");
        }
        return ImageHeader.of("gif", header.width, header.height, header.frames, false);
    }

    private void screen() throws IOException {
        width = bytes.u16(6, LITTLE_ENDIAN);
        height = bytes.u16(8, LITTLE_ENDIAN);
        at = 13L + colours(bytes.u8(10));
    }

    private boolean block() throws IOException {
        switch (bytes.u8(at)) {
            case EXTENSION -> at += 2;
            case FRAME -> {
                width =
                        Math.max(
                                width,
                                bytes.u16(at + 1, LITTLE_ENDIAN)
                                        + bytes.u16(at + 5, LITTLE_ENDIAN));
                height =
                        Math.max(
                                height,
                                bytes.u16(at + 3, LITTLE_ENDIAN)
                                        + bytes.u16(at + 7, LITTLE_ENDIAN));
                at += 11L + colours(bytes.u8(at + 9));
                frames++;
            }
            default -> {
                return false;
            }
        }
        for (int length = bytes.u8(at); length > 0; length = bytes.u8(at)) {
            at += 1L + length;
        }
        at++;
        return true;
    }

    /** The length of the colour table that the flags announce. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
