package io.sluice.cache;

import io.sluice.cache.Inspection.Damaged;
import io.sluice.cache.Inspection.Foreign;
import io.sluice.cache.Inspection.Whole;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Reads and seals the bytes of one cached file. */
final class EntryFile {
    /** Nearly every header is shorter, so that one read is enough. */
    private static final int FIRST_READ = 1024;

    private static final int BODY_CHUNK = 64 * 1024;

    private EntryFile() {}

    /** Checks magic, version, header checksum and the file's length, not the body's bytes. */
    static Inspection inspect(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(FIRST_READ);
        readFully(channel, start);
        start.flip();
        if (start.limit() == 0) {
            // What a power cut leaves of a renamed file that was never flushed; nothing to lose.
            return new Damaged("empty");
        }
        if (start.limit() < Long.BYTES || start.getLong(0) != EntryHeader.MAGIC) {
            return new Foreign();
        }
        if (start.limit() < EntryHeader.FIXED_LENGTH) {
            return new Damaged("shorter than a header");
        }
        if (start.getInt(8) != EntryHeader.FORMAT_VERSION) {
            return new Damaged("format version " + start.getInt(8));
        }
        int length = start.getInt(12);
        if (length < EntryHeader.FIXED_LENGTH || length > EntryHeader.MAX_LENGTH) {
            return new Damaged("header length " + length);
        }
        byte[] header = new byte[length];
        ByteBuffer rest = ByteBuffer.wrap(header);
        rest.put(start.limit(Math.min(length, start.limit())));
        readFully(channel, rest);
        return rest.hasRemaining()
                ? new Damaged("shorter than its header")
                : inspectHeader(header, channel.size());
    }

    private static Inspection inspectHeader(byte[] header, long fileLength) {
        if (!EntryHeader.isChecksumRight(header)) {
            return new Damaged("header checksum");
        }
        EntryHeader decoded;
        try {
            decoded = EntryHeader.decode(ByteBuffer.wrap(header));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return new Damaged("header fields: " + e);
        }
        return fileLength == header.length + decoded.bodyLength()
                ? new Whole(decoded, header.length)
                : new Damaged("length " + fileLength);
    }

    static boolean isBodyRight(FileChannel channel, Whole entry) throws IOException {
        return bodyChecksum(channel, entry.bodyOffset()) == entry.header().bodyChecksum();
    }

    /** Writes the header before a body that is there, and tells what was written. */
    static EntryHeader seal(FileChannel channel, EntryHeader draft) throws IOException {
        long bodyLength = channel.size() - draft.length();
        if (bodyLength <= 0) {
            throw new IOException(
                    "no body was written: the file has nothing from offset " + draft.length());
        }
        EntryHeader header = draft.withBody(bodyLength, bodyChecksum(channel, draft.length()));
        ByteBuffer bytes = header.encode();
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        return header;
    }

    private static int bodyChecksum(FileChannel channel, long from) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocate(BODY_CHUNK);
        long position = from;
        for (int read = channel.read(chunk, position);
                read >= 0;
                read = channel.read(chunk, position)) {
            position += read;
            crc.update(chunk.flip());
            chunk.clear();
        }
        return (int) crc.getValue();
    }

    /** Fills the buffer from the file's byte at the buffer's position, as far as there is any. */
    private static void readFully(FileChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining() && channel.read(into, into.position()) >= 0) {
            // The loop's condition reads.
        }
    }
}
