package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.upload.transfer.Append;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The body of a request that goes on with an upload; what ends it is not the disk's business. */
record IncomingChunk(Append append) implements Target {

    @Override
    public void write(List<ByteBuf> buffers) throws IOException {
        List<ByteBuffer> views = new ArrayList<>(buffers.size());
        for (ByteBuf buffer : buffers) {
            views.addAll(List.of(buffer.nioBuffers()));
        }
        append.write(views.toArray(ByteBuffer[]::new));
    }

    @Override
    public void complete() {
        throw new IllegalStateException("a chunk ends with its request");
    }
}
