package io.sluice.processor.check;

import java.io.IOException;
import java.nio.ByteOrder;

/** TIFF 6.0 and BigTIFF: each page's directory; the first one's size and orientation. */
final class TiffHeader {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;
    private static final int BIG = 43;

    /** Directories may form a ring. */
    private static final int MOST_PAGES = 10_000;

    private final ImageBytes bytes;
    private final ByteOrder order;
    private final boolean big;

    private TiffHeader(ImageBytes bytes) throws IOException {
        this.bytes = bytes;
        this.order = Exif.order(bytes, 0);
        this.big = bytes.u16(2, order) == BIG;
    }

    static ImageHeader read(ImageBytes bytes) throws IOException {
        return new TiffHeader(bytes).pages();
    }

    private ImageHeader pages() throws IOException {
        long directory = offset(big ? 8 : 4);
        ImageHeader first = page(directory);
        long pixels = first.pixels();
        int pages = 1;
        for (long next = next(directory); next != 0; next = next(next)) {
            if (++pages > MOST_PAGES) {
                throw new MalformedImage("it has more than " + MOST_PAGES + " pages");
            }
            pixels = saturatedSum(pixels, page(next).pixels());
        }
        return new ImageHeader(
                first.format(),
                first.width(),
                first.height(),
                pages,
                pixels,
                first.heldBytes(),
                first.turned());
    }

    private ImageHeader page(long directory) throws IOException {
        return ImageHeader.of(
                "tiff",
                value(directory, WIDTH),
                value(directory, HEIGHT),
                1,
                Exif.isTurned(value(directory, ORIENTATION)));
    }

    /** The first value of a tag, 0 if the directory doesn't have it. */
    private long value(long directory, int tag) throws IOException {
        long entries = entries(directory);
        for (long i = 0; i < entries; i++) {
            long entry = directory + (big ? 8 : 2) + i * (big ? 20 : 12);
            if (bytes.u16(entry, order) == tag) {
                long at = entry + (big ? 12 : 8);
                return bytes.u16(entry + 2, order) == SHORT
                        ? bytes.u16(at, order)
                        : bytes.u32(at, order);
            }
        }
        return 0;
    }

    private long next(long directory) throws IOException {
        return offset(directory + (big ? 8 : 2) + entries(directory) * (big ? 20 : 12));
    }

    private long entries(long directory) throws IOException {
        long entries = bytes.unsigned(directory, big ? 8 : 2, order);
        if (entries > 0xFFFF) {
            throw new MalformedImage("a page with " + entries + " fields");
        }
        return entries;
    }

    private long offset(long at) throws IOException {
        return bytes.unsigned(at, big ? 8 : 4, order);
    }

    private static long saturatedSum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
