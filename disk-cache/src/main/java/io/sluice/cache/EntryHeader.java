package io.sluice.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What stands before the body in a cached file. All numbers are big-endian:
 *
 * <pre>
 *  0  8  magic            8  4  format version      12  4  header length = offset of the body
 * 16  4  CRC32C of the header, this field taken as zero
 * 20  4  CRC32C of the body       24  8  body length       32  8  created, epoch milliseconds
 * 40     key, content type, ETag, number of tags, tags; a text is its length (2) and UTF-8
 * </pre>
 */
record EntryHeader(
        String key,
        String contentType,
        String etag,
        Instant created,
        List<String> tags,
        long bodyLength,
        int bodyChecksum) {
    /** "SLUICE", then two bytes that no text file has. */
    static final long MAGIC = 0x534c_5549_4345_c1a0L;

    static final int FORMAT_VERSION = 1;
    static final int FIXED_LENGTH = 40;
    static final int MAX_LENGTH = 32 * 1024;
    private static final int CHECKSUM_AT = 16;

    EntryHeader {
        tags = List.copyOf(tags);
    }

    /**
     * A header whose body isn't written yet: its length is already the final one.
     *
     * @throws IllegalArgumentException if the texts are together longer than a header may be
     */
    static EntryHeader draft(String key, String contentType, Instant created, List<String> tags) {
        EntryHeader draft =
                new EntryHeader(key, contentType, etag(KeyHash.of(key), 0), created, tags, 0, 0);
        if (draft.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "key, content type and tags need %d bytes, a cache header holds %d"
                            .formatted(draft.length(), MAX_LENGTH));
        }
        return draft;
    }

    EntryHeader withBody(long length, int checksum) {
        return new EntryHeader(
                key, contentType, etag(KeyHash.of(key), checksum), created, tags, length, checksum);
    }

    /** A strong validator: it changes with the key and with any byte of the body. */
    private static String etag(KeyHash hash, int checksum) {
        return '"' + hash.name() + '-' + HexFormat.of().toHexDigits(checksum) + '"';
    }

    /** Bytes that the header takes, which is the offset of the body. */
    int length() {
        int length = FIXED_LENGTH + encodedLength(key) + encodedLength(contentType) + 2;
        for (String tag : tags) {
            length += encodedLength(tag);
        }
        return length + encodedLength(etag);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(length());
        bytes.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(bytes.capacity());
        bytes.putInt(0).putInt(bodyChecksum).putLong(bodyLength).putLong(created.toEpochMilli());
        put(bytes, key);
        put(bytes, contentType);
        put(bytes, etag);
        bytes.putShort((short) tags.size());
        tags.forEach(tag -> put(bytes, tag));
        bytes.putInt(CHECKSUM_AT, checksum(bytes.array()));
        return bytes.flip();
    }

    /**
     * Reads a header that is there as a whole, its checksum already compared.
     *
     * @throws RuntimeException of the buffer if the texts end before they should
     */
    static EntryHeader decode(ByteBuffer bytes) {
        int bodyChecksum = bytes.getInt(CHECKSUM_AT + 4);
        long bodyLength = bytes.getLong(CHECKSUM_AT + 8);
        Instant created = Instant.ofEpochMilli(bytes.getLong(CHECKSUM_AT + 16));
        bytes.position(FIXED_LENGTH);
        String key = get(bytes);
        String contentType = get(bytes);
        String etag = get(bytes);
        List<String> tags = new ArrayList<>();
        for (int left = bytes.getShort(); left > 0; left--) {
            tags.add(get(bytes));
        }
        return new EntryHeader(key, contentType, etag, created, tags, bodyLength, bodyChecksum);
    }

    /** Whether the checksum that a whole header carries is the one it has. */
    static boolean isChecksumRight(byte[] header) {
        return ByteBuffer.wrap(header).getInt(CHECKSUM_AT) == checksum(header);
    }

    private static int checksum(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CHECKSUM_AT);
        crc.update(new byte[4]);
        crc.update(header, CHECKSUM_AT + 4, header.length - CHECKSUM_AT - 4);
        return (int) crc.getValue();
    }

    private static int encodedLength(String text) {
        return 2 + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void put(ByteBuffer bytes, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.putShort((short) encoded.length).put(encoded);
    }

    private static String get(ByteBuffer bytes) {
        byte[] encoded = new byte[bytes.getShort()];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }
}
