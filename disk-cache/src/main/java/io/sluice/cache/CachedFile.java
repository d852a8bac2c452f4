package io.sluice.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * A hit: an open file whose header was checked. It stays readable until it is closed, also when the
 * entry is deleted or replaced meanwhile.
 *
 * @param channel open for reading; its owner is whoever got this record
 * @param bodyOffset where the body starts in the channel
 * @param bodyLength in bytes
 * @param etag a strong validator in its quotes, ready for the header of that name
 * @param created when the body was written
 */
public record CachedFile(
        FileChannel channel,
        long bodyOffset,
        long bodyLength,
        String contentType,
        String etag,
        Instant created)
        implements Closeable {
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
