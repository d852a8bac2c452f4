package io.sluice.processor.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a picture by position, read through a small window, so that a header deep in a file
 * costs one read and no memory. Not thread-safe.
 */
public final class ImageBytes {
    private static final int WINDOW_BYTES = 8 * 1024;

    private final Source source;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowStart;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** Reads from a position until the target is full or the picture ends. */
        int read(long position, ByteBuffer target) throws IOException;
    }

    /** A picture of so many bytes. */
    public ImageBytes(Source source, long size) {
        this.source = source;
        this.size = size;
    }

    long size() {
        return size;
    }

    /** One byte, unsigned. */
    int u8(long at) throws IOException {
        if (at < windowStart || at >= windowStart + window.limit()) {
            fill(at);
        }
        return Byte.toUnsignedInt(window.get((int) (at - windowStart)));
    }

    /** Two bytes, unsigned. */
    int u16(long at, ByteOrder order) throws IOException {
        return (int) unsigned(at, 2, order);
    }

    /** Four bytes, unsigned. */
    long u32(long at, ByteOrder order) throws IOException {
        return unsigned(at, 4, order);
    }

    /** Up to seven bytes, unsigned; of eight the sign must be clear. */
    long unsigned(long at, int length, ByteOrder order) throws IOException {
        long value = 0;
        for (int i = 0; i < length; i++) {
            int index = order == ByteOrder.BIG_ENDIAN ? i : length - 1 - i;
            value = value << 8 | u8(at + index);
        }
        if (value < 0) {
            throw new MalformedImage("a length or offset beyond any file");
        }
        return value;
    }

    /** Whether these ASCII characters stand there. */
    boolean has(long at, String ascii) throws IOException {
        return at >= 0 && at + ascii.length() <= size && ascii(at, ascii.length()).equals(ascii);
    }

    /** So many bytes as characters. */
    String ascii(long at, int length) throws IOException {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) u8(at + i);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private void fill(long at) throws IOException {
        if (at < 0 || at >= size) {
            throw new MalformedImage("it ends within its header");
        }
        window.clear();
        windowStart = at;
        source.read(at, window);
        window.flip();
        if (!window.hasRemaining()) {
            throw new MalformedImage("it ends within its header");
        }
    }
}
