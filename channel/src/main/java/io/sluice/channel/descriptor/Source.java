package io.sluice.channel.descriptor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How what comes over a descriptor is read. */
interface Source {
    /**
     * Reads what is there now.
     *
     * @return how many bytes were taken from the stream: 0 when none is there, -1 at its end
     */
    int read(FileDescriptor from, ByteBuf into) throws IOException;

    /** What came beside the bytes that were read last, and counts after them; null if nothing. */
    default @Nullable Object beside() {
        return null;
    }
}
