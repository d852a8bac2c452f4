package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/** What a lane's bytes go to. On disk threads, one call at a time. */
interface Target {
    /** Appends the buffers without copying them; they stay the caller's. */
    void write(List<ByteBuf> buffers) throws IOException;

    /** All bytes are written. */
    void complete() throws IOException;
}
