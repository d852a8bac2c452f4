package io.sluice.edge.http.content;

import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * An open file, or a part of one, that is to be served.
 *
 * @param channel closed by whoever gets this record
 * @param offset of its first byte in the channel
 * @param length in bytes
 * @param contentType as it is sent
 * @param etag strong, in its quotes
 * @param modified when its bytes were written
 * @param disposition the Content-Disposition
 */
public record ServedFile(
        FileChannel channel,
        long offset,
        long length,
        String contentType,
        String etag,
        Instant modified,
        String disposition) {}
