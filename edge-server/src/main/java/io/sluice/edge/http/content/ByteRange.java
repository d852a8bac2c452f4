package io.sluice.edge.http.content;

/**
 * A part of a file.
 *
 * @param start of its first byte
 * @param length at least 1
 */
record ByteRange(long start, long length) {

    /** As Content-Range spells it. */
    String contentRange(long fileLength) {
        return "bytes %d-%d/%d".formatted(start, start + length - 1, fileLength);
    }
}
