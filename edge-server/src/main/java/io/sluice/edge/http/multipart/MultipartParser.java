package io.sluice.edge.http.multipart;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.edge.http.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Splits a multipart body (RFC 2046, section 5.1) into its parts as the bytes come, however they
 * are cut. Memory: one part's header; content is passed on as slices. Time: linear in the bytes.
 * Not thread-safe; dead after it has thrown.
 */
public final class MultipartParser {
    private static final int LONGEST_PADDING = 128;
    private static final int LONGEST_SURROUNDINGS = 64 * 1024;
    private static final byte CR = '\r';

    private enum State {
        PREAMBLE,
        DELIMITER_LINE,
        HEADER,
        CONTENT,
        EPILOGUE
    }

    private final Boundary boundary;
    private final ByteBuf delimiter;
    private final MultipartLimits limits;
    private final PartListener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private State state = State.PREAMBLE;
    private int matched;
    private int parts;
    private int column;
    private long surroundings;

    /**
     * A parser of one body.
     *
     * @throws io.sluice.edge.http.problem.Refusal if the boundary is malformed
     */
    public MultipartParser(String boundary, MultipartLimits limits, PartListener listener) {
        this.boundary = new Boundary(boundary);
        this.delimiter = Unpooled.wrappedBuffer(this.boundary.bytes());
        this.limits = limits;
        this.listener = listener;
        // The first delimiter may stand at the very start: as if a line had just ended.
        this.matched = 2;
    }

    /**
     * Parses the buffer's readable bytes; the buffer stays the caller's and is not changed.
     *
     * @throws io.sluice.edge.http.problem.Refusal if the body is malformed or over a limit
     */
    public void parse(ByteBuf buffer) {
        int position = buffer.readerIndex();
        int end = buffer.writerIndex();
        while (position < end) {
            position =
                    switch (state) {
                        case PREAMBLE, CONTENT -> search(buffer, position, end);
                        case DELIMITER_LINE -> delimiterLine(buffer, position, end);
                        case HEADER -> header(buffer, position, end);
                        case EPILOGUE -> {
                            countSurroundings(end - position);
                            yield end;
                        }
                    };
        }
    }

    /**
     * The body has ended.
     *
     * @throws io.sluice.edge.http.problem.Refusal if the closing delimiter is missing
     */
    public void end() {
        boolean isClosed =
                state == State.EPILOGUE
                        || (state == State.DELIMITER_LINE
                                && lineText().stripTrailing().equals("--"));
        if (!isClosed) {
            throw malformed("the multipart body ends before its closing delimiter");
        }
    }

    /** Passes content on up to the delimiter or the buffer's end; returns where to go on. */
    private int search(ByteBuf buffer, int start, int end) {
        int contentStart = start;
        int position = start;
        ByteBuffer bytes = buffer.nioBuffer(start, end - start);
        while (position < end) {
            if (matched == 0) {
                position = start + boundary.next(bytes, position - start);
                int cr = buffer.indexOf(position, end, CR);
                position = cr < 0 ? end : cr;
                if (cr < 0) {
                    break;
                }
            }
            if (buffer.getByte(position) == boundary.at(matched)) {
                position++;
                matched++;
                if (matched == boundary.length()) {
                    content(buffer, contentStart, position - matched);
                    return delimiterFound(position);
                }
            } else {
                // Bytes of the false match that came in an earlier buffer are content after all.
                int before = matched - (position - contentStart);
                if (before > 0) {
                    content(delimiter, 0, before);
                }
                matched = 0;
            }
        }
        content(buffer, contentStart, end - matched);
        return end;
    }

    private void content(ByteBuf source, int start, int end) {
        int length = end - start;
        if (length <= 0) {
            return;
        }
        if (state == State.PREAMBLE) {
            countSurroundings(length);
        } else {
            listener.partBytes(source.slice(start, length));
        }
    }

    private int delimiterFound(int position) {
        if (state == State.CONTENT) {
            listener.partEnded();
        }
        matched = 0;
        line.reset();
        state = State.DELIMITER_LINE;
        return position;
    }

    /** Behind the boundary: two dashes at the very end, else blanks up to the line's end. */
    private int delimiterLine(ByteBuf buffer, int start, int end) {
        int position = start;
        while (position < end) {
            byte next = buffer.getByte(position++);
            line.write(next);
            if (line.size() > LONGEST_PADDING) {
                throw malformed("a multipart delimiter's line is too long");
            }
            if (next == '\n') {
                delimiterLineEnded(lineText());
                return position;
            }
        }
        return position;
    }

    private void delimiterLineEnded(String text) {
        if (!text.endsWith("\r\n")) {
            throw malformed("a multipart delimiter's line does not end with CR LF");
        }
        String rest = text.stripTrailing();
        line.reset();
        if (rest.equals("--")) {
            state = State.EPILOGUE;
        } else if (rest.isEmpty()) {
            parts++;
            if (parts > limits.parts()) {
                throw Problem.TOO_LARGE.because(
                        "a form has at most %d parts (sluice.edge.multipart.parts)"
                                .formatted(limits.parts()));
            }
            state = State.HEADER;
            column = 0;
        } else {
            throw malformed("a multipart delimiter is followed by other text");
        }
    }

    /** Collects lines up to the empty one. */
    private int header(ByteBuf buffer, int start, int end) {
        int position = start;
        while (position < end) {
            byte next = buffer.getByte(position++);
            line.write(next);
            if (line.size() > limits.partHeader()) {
                throw Problem.HEADER_TOO_LARGE.because(
                        "a part's header has at most %d bytes (sluice.edge.multipart.part-header)"
                                .formatted(limits.partHeader()));
            }
            column++;
            if (next == '\n' && column > 2) {
                column = 0;
            } else if (next == '\n') {
                PartHeader header = PartHeader.parse(line.toByteArray());
                line.reset();
                state = State.CONTENT;
                listener.partBegan(header);
                return position;
            }
        }
        return position;
    }

    private String lineText() {
        return line.toString(StandardCharsets.US_ASCII);
    }

    private void countSurroundings(int bytes) {
        surroundings += bytes;
        if (surroundings > LONGEST_SURROUNDINGS) {
            throw malformed("a multipart body has too much text around its parts");
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.MALFORMED.because(detail);
    }
}
