package io.sluice.edge.http.connection;

import io.netty.buffer.ByteBuf;

/**
 * Reads along where the requests of one HTTP/1.1 connection begin and end (RFC 9112, sections 2 to
 * 7), and takes only what every other reader must see the same way. Netty (4.2.17) forgives more:
 * folded fields, and anything behind a chunk's size. Confined to the connection's event loop; one
 * pass, nothing kept.
 */
final class Framing {
    private static final int MOST_DIGITS = 15;

    /** {@code HTTP/1.0} and {@code HTTP/1.1} as eight bytes each. */
    private static final long OLD = 0x485454502f312e30L;

    private static final long USUAL = OLD + 1;

    private enum State {
        BETWEEN,
        REQUEST_LINE,
        FIELDS,
        /** Behind a head: what follows is the decoder's to tell. */
        TOLD,
        BODY,
        CHUNK_SIZE,
        CHUNK_BLANK,
        CHUNK_EXTENSION,
        CHUNK_LINE_END,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        BROKEN
    }

    private State state = State.BETWEEN;
    private boolean isHeadStrict = true;
    private int last;
    private int blanks;
    private long version;
    private int column;
    private int digits;
    private long left;

    /**
     * Reads up to the end of a head, of the bytes, or of what can be understood.
     *
     * @return where to go on
     */
    int read(ByteBuf bytes, int start, int end) {
        int position = start;
        while (position < end) {
            switch (state) {
                case TOLD, BROKEN -> {
                    return position;
                }
                case BODY, CHUNK -> position = skip(position, end);
                default -> {
                    take(bytes.getByte(position) & 0xff);
                    position++;
                }
            }
        }
        return position;
    }

    /** Whether a head has just ended, so that {@link #begin} must be called before going on. */
    boolean isAtBody() {
        return state == State.TOLD;
    }

    /** Whether what has been read since the last head has no end that all would agree on. */
    boolean isBroken() {
        return state == State.BROKEN;
    }

    /** Whether the head just read is written as RFC 9112 has it. */
    boolean isHeadStrict() {
        return isHeadStrict;
    }

    /**
     * A request's head was decoded.
     *
     * @param length of its body in bytes; negative if it comes in chunks
     */
    void begin(long length) {
        if (state != State.TOLD) {
            state = State.BROKEN;
        } else if (length < 0) {
            beginChunk();
        } else {
            left = length;
            state = length == 0 ? State.BETWEEN : State.BODY;
        }
    }

    private int skip(int position, int end) {
        int skipped = (int) Math.min(left, end - position);
        left -= skipped;
        if (left == 0) {
            state = state == State.BODY ? State.BETWEEN : State.CHUNK_END;
            last = 0;
        }
        return position + skipped;
    }

    private void take(int next) {
        int before = last;
        last = next;
        switch (state) {
            case BETWEEN -> between(next);
            case REQUEST_LINE -> requestLine(before, next);
            case FIELDS, TRAILERS -> fields(before, next);
            case CHUNK_SIZE -> chunkSize(next);
            case CHUNK_BLANK -> chunkBlank(next);
            case CHUNK_EXTENSION -> chunkExtension(next);
            case CHUNK_LINE_END -> chunkLineEnd(next);
            case CHUNK_END -> chunkEnd(before, next);
            case TOLD, BODY, CHUNK, BROKEN -> throw new IllegalStateException(state.name());
        }
    }

    /** Empty lines in front of a request are skipped (section 2.2). */
    private void between(int next) {
        if (next != '\r' && next != '\n') {
            isHeadStrict = true;
            blanks = 0;
            state = State.REQUEST_LINE;
            requestLine(' ', next);
        }
    }

    /** Two single blanks, and nothing else that is invisible, before a version (section 3). */
    private void requestLine(int before, int next) {
        if (next == '\n') {
            isHeadStrict &= before == '\r' && blanks == 2 && (version == USUAL || version == OLD);
            state = State.FIELDS;
            column = 0;
        } else if (next == ' ') {
            isHeadStrict &= before != ' ';
            blanks++;
        } else if (next != '\r') {
            isHeadStrict &= next > ' ' && next < 0x7f && before != '\r';
            version = version << 8 | next;
        }
    }

    /** A line that begins with a blank goes on with the one before it (section 5.2). */
    private void fields(int before, int next) {
        if (next == '\n') {
            if (column == 0 || (column == 1 && before == '\r')) {
                state = state == State.FIELDS ? State.TOLD : State.BETWEEN;
            }
            column = 0;
        } else {
            if (column == 0 && (next == ' ' || next == '\t')) {
                folded();
            }
            column = Math.min(column + 1, 2);
        }
    }

    private void folded() {
        if (state == State.FIELDS) {
            isHeadStrict = false;
        } else {
            state = State.BROKEN;
        }
    }

    private void beginChunk() {
        digits = 0;
        left = 0;
        state = State.CHUNK_SIZE;
    }

    private void chunkSize(int next) {
        int digit = next < 0x80 ? Character.digit(next, 16) : -1;
        if (digit >= 0) {
            left = left << 4 | digit;
            digits++;
            if (digits > MOST_DIGITS) {
                state = State.BROKEN;
            }
        } else if (digits == 0) {
            state = State.BROKEN;
        } else if (next == '\r') {
            state = State.CHUNK_LINE_END;
        } else {
            chunkBlank(next);
        }
    }

    /** Blanks are only allowed in front of an extension (section 7.1.1). */
    private void chunkBlank(int next) {
        state =
                switch (next) {
                    case ' ', '\t' -> State.CHUNK_BLANK;
                    case ';' -> State.CHUNK_EXTENSION;
                    default -> State.BROKEN;
                };
    }

    private void chunkExtension(int next) {
        if (next == '\r') {
            state = State.CHUNK_LINE_END;
        } else if ((next < ' ' && next != '\t') || next == 0x7f) {
            state = State.BROKEN;
        }
    }

    private void chunkLineEnd(int next) {
        column = 0;
        if (next != '\n') {
            state = State.BROKEN;
        } else {
            state = left == 0 ? State.TRAILERS : State.CHUNK;
        }
    }

    private void chunkEnd(int before, int next) {
        if (before == '\r' && next == '\n') {
            beginChunk();
        } else if (before != 0 || next != '\r') {
            state = State.BROKEN;
        }
    }
}
