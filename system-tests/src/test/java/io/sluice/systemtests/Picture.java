package io.sluice.systemtests;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the header of a rendition says; pixels are not decoded. */
record Picture(String format, int width, int height) {

    /** Reads the header of a JPEG, PNG or WebP. */
    static Picture of(byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        if (has(bytes, "RIFF", 0) && has(bytes, "WEBP", 8)) {
            return webp(bytes, data.order(ByteOrder.LITTLE_ENDIAN));
        }
        if (has(bytes, "PNG", 1)) {
            return new Picture("png", data.getInt(16), data.getInt(20));
        }
        if (data.getShort(0) == (short) 0xffd8) {
            return jpeg(data);
        }
        throw new AssertionError("neither JPEG, PNG nor WebP");
    }

    private static Picture webp(byte[] bytes, ByteBuffer data) {
        if (has(bytes, "VP8X", 12)) {
            return new Picture(
                    "webp", 1 + (data.getInt(24) & 0xffffff), 1 + (data.getInt(27) & 0xffffff));
        }
        if (has(bytes, "VP8L", 12)) {
            int bits = data.getInt(21);
            return new Picture("webp", 1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
        }
        return new Picture("webp", data.getShort(26) & 0x3fff, data.getShort(28) & 0x3fff);
    }

    /** Goes from segment to segment up to the frame header. */
    private static Picture jpeg(ByteBuffer data) {
        int at = 2;
        while (true) {
            int marker = data.get(at + 1) & 0xff;
            boolean isFrame =
                    marker >= 0xc0
                            && marker <= 0xcf
                            && marker != 0xc4
                            && marker != 0xc8
                            && marker != 0xcc;
            if (isFrame) {
                return new Picture("jpeg", data.getShort(at + 7), data.getShort(at + 5));
            }
            at += 2 + (data.getShort(at + 2) & 0xffff);
        }
    }

    /** Whether the bytes hold a text anywhere. */
    static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static boolean has(byte[] bytes, String text, int at) {
        return bytes.length >= at + text.length()
                && new String(bytes, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }
}
