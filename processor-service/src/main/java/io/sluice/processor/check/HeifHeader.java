package io.sluice.processor.check;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;

/**
 * HEIF and AVIF (ISO/IEC 23008-12): the largest size among the items' properties, whether one is
 * turned by a quarter, and the samples of an image sequence.
 */
final class HeifHeader {
    /** Boxes within boxes of real files are seven deep. */
    private static final int DEEPEST = 10;

    private static final int MOST_BOXES = 100_000;

    private final ImageBytes bytes;
    private long width;
    private long height;
    private int frames = 1;
    private boolean turned;
    private int boxes;

    private HeifHeader(ImageBytes bytes) {
        this.bytes = bytes;
    }

    static ImageHeader read(String format, ImageBytes bytes) throws IOException {
        HeifHeader header = new HeifHeader(bytes);
        header.boxes(0, bytes.size(), 0);
        return ImageHeader.of(format, header.width, header.height, header.frames, header.turned);
    }

    private void boxes(long start, long end, int depth) throws IOException {
        long at = start;
        while (at + 8 <= end) {
            if (++boxes > MOST_BOXES || depth > DEEPEST) {
                throw new MalformedImage("too many boxes within boxes");
            }
            long length = bytes.u32(at, BIG_ENDIAN);
            long content = at + 8;
            if (length == 1) {
                length = bytes.unsigned(content, 8, BIG_ENDIAN);
                content += 8;
            } else if (length == 0) {
                length = end - at;
            }
            if (length < content - at || length > end - at) {
                throw new MalformedImage("a box that ends outside of its parent");
            }
            box(bytes.ascii(at + 4, 4), content, at + length, depth);
            at += length;
        }
    }

    private void box(String type, long content, long end, int depth) throws IOException {
        switch (type) {
            case "iprp", "ipco", "moov", "trak", "mdia", "minf", "stbl" ->
                    boxes(content, end, depth + 1);
            case "meta" -> boxes(content + 4, end, depth + 1);
            case "ispe" ->
                    size(bytes.u32(content + 4, BIG_ENDIAN), bytes.u32(content + 8, BIG_ENDIAN));
            case "irot" -> turned |= (bytes.u8(content) & 1) == 1;
            case "stsz" ->
                    frames =
                            Math.clamp(
                                    bytes.u32(content + 8, BIG_ENDIAN), frames, Integer.MAX_VALUE);
            default -> {
                // Says nothing about the size.
            }
        }
    }

    private void size(long itemWidth, long itemHeight) {
        if (itemWidth * itemHeight > width * height) {
            width = itemWidth;
            height = itemHeight;
        }
    }
}
