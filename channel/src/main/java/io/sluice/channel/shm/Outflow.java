package io.sluice.channel.shm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was flushed into a ring, as far as there is room, and forgets it only after it is
 * published: a listener of what was written may close the connection.
 */
final class Outflow implements ChannelOutboundBuffer.MessageProcessor {
    private final RingWriter ring;
    private int whole;
    private int partly;
    private int stuck;

    private Outflow(RingWriter ring) {
        this.ring = ring;
    }

    /**
     * Writes what was flushed, and what the listeners of that write and flush.
     *
     * @param link the connection's, null once it is closed
     * @return the bytes of the record that has no room, 0 when all is written
     */
    static int drain(ChannelOutboundBuffer out, Supplier<@Nullable Link> link) throws Exception {
        while (out.current() != null) {
            Link to = link.get();
            if (to == null) {
                return 0;
            }
            Outflow flow = new Outflow(to.out());
            out.forEachFlushedMessage(flow);
            if (flow.whole > 0 || flow.partly > 0) {
                to.publish();
                flow.removeFrom(out);
            }
            if (flow.stuck > 0) {
                return flow.stuck;
            }
        }
        return 0;
    }

    @Override
    public boolean processMessage(Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int length = bytes.readableBytes();
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, Ring.MAX_PAYLOAD);
            if (!ring.hasRoom(part) && ring.awaitsRoom(part)) {
                partly = done;
                stuck = part;
                return false;
            }
            ring.write(bytes, bytes.readerIndex() + done, part);
            done += part;
        }
        whole++;
        return true;
    }

    /** Takes what was written out of the buffer, and tells its listeners. */
    private void removeFrom(ChannelOutboundBuffer out) {
        int left = whole;
        // False when a listener has closed the channel.
        while (left > 0 && out.remove()) {
            left--;
        }
        if (left == 0 && partly > 0 && out.current() != null) {
            out.removeBytes(partly);
        }
    }
}
