package io.sluice.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads answers of HTTP/1.1 that have a Content-Length or no bytes in their body. One thread, one
 * answer at a time: nothing is pipelined, so an answer's end is the end of what was read.
 */
final class AnswerReader {
    private static final int LARGEST_HEAD = 16 << 10;
    private static final String END = "\r\n\r\n";
    private static final int EMPTY_CHUNKED = "0\r\n\r\n".length();

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_HEAD);

    AnswerReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    Answer read() throws IOException {
        buffer.clear();
        String head = "";
        int end = -1;
        while (end < 0) {
            fill();
            head = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
            end = head.indexOf(END);
        }
        int received = buffer.position() - end - END.length();
        head = head.substring(0, end + 2);
        skip(length(head) - received);
        return new Answer(
                Integer.parseInt(head, 9, 12, 10),
                field(head, "location"),
                field(head, "connection").equalsIgnoreCase("close"));
    }

    private void fill() throws IOException {
        if (!buffer.hasRemaining()) {
            throw new IOException("the answer's head is longer than " + LARGEST_HEAD + " bytes");
        }
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed the connection without an answer");
        }
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            buffer.clear();
            fill();
            left -= buffer.position();
        }
    }

    private static long length(String head) throws IOException {
        String length = field(head, "content-length");
        if (!length.isEmpty()) {
            return Long.parseLong(length);
        }
        if (head.startsWith("204", 9)) {
            return 0;
        }
        if (field(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
            // Of the servers here, only those that have nothing to say answer so.
            return EMPTY_CHUNKED;
        }
        throw new IOException("the answer has no Content-Length: " + head.lines().findFirst());
    }

    private static String field(String head, String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
