package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bytes of one file that are written together. Filled on the event loop, then the disk's. */
final class Batch {
    /** One writev takes 1,024 buffers; and a slow client must not fill a batch with tiny ones. */
    private static final int MOST_BUFFERS = 512;

    private final Target file;
    private final WriteMemory memory;
    private final List<ByteBuf> buffers = new ArrayList<>();
    private long bytes;
    private long held;
    private boolean isLast;
    private boolean isTouch;

    Batch(Target file, WriteMemory memory) {
        this.file = file;
        this.memory = memory;
    }

    Target file() {
        return file;
    }

    /** Takes the buffer over. */
    void add(ByteBuf buffer) {
        bytes += buffer.readableBytes();
        held += memory.hold(buffer);
        buffers.add(buffer);
    }

    /** The file ends with this batch. */
    void endFile() {
        isLast = true;
    }

    /** Its file is to be written to, be it nothing. */
    void touch() {
        isTouch = true;
    }

    boolean isFull() {
        return bytes >= memory.writeSize() || buffers.size() >= MOST_BUFFERS;
    }

    /** On a disk thread. */
    void write() throws IOException {
        if (isTouch || !buffers.isEmpty()) {
            file.write(buffers);
        }
        if (isLast) {
            file.complete();
        }
    }

    /** Gives the buffers back, written or not. */
    void release() {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
        memory.release(held);
        held = 0;
    }
}
