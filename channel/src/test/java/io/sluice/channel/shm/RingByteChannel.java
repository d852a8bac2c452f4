package io.sluice.channel.shm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection through rings without an event loop, for one thread. */
final class RingByteChannel implements ByteChannel, ControlSocket.Listener {
    private final ShmEnd end;
    private final BlockingQueue<List<FileDescriptor>> received = new LinkedBlockingQueue<>();
    private volatile boolean isGone;
    private volatile Channel socket;
    private @Nullable Link link;
    private boolean isClosed;
    private ByteBuf left = Unpooled.EMPTY_BUFFER;

    @SuppressWarnings("NullAway.Init") // the socket is set at once
    RingByteChannel(ShmEnd end) {
        this.end = end;
    }

    void socket(Channel over) {
        socket = over;
    }

    /** What the peer sends first. */
    List<FileDescriptor> exchanged() throws IOException {
        try {
            List<FileDescriptor> descriptors = received.poll(20, TimeUnit.SECONDS);
            if (descriptors == null || descriptors.isEmpty()) {
                throw new IOException("the peer shares no memory");
            }
            return descriptors;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** For the thread that will read and write. */
    void attach(Link shared) {
        link = shared;
    }

    /** Tells an edge that its rings were taken. */
    void answer() {
        socket.writeAndFlush(end.bellDescriptor()).syncUninterruptibly();
    }

    Link link() {
        return Objects.requireNonNull(link);
    }

    @Override
    public void received(List<FileDescriptor> descriptors) {
        received.add(descriptors);
    }

    @Override
    public void gone(Exception why) {
        isGone = true;
        received.add(List.of());
        end.bell().ring();
    }

    @Override
    public int read(ByteBuffer into) {
        while (!left.isReadable()) {
            boolean wasGone = isGone;
            if (!link().in().isEmpty()) {
                left.release();
                left = link().in().read(UnpooledByteBufAllocator.DEFAULT);
                link().free();
                link().ring();
            } else if (wasGone) {
                return -1;
            } else {
                end.bell().announce();
                if (link().in().isEmpty() && !isGone) {
                    end.bell().sleep(TimeUnit.SECONDS.toNanos(1));
                }
                end.bell().getUp();
            }
        }
        int count = Math.min(left.readableBytes(), into.remaining());
        left.readBytes(into.slice(into.position(), count));
        into.position(into.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int length = Math.min(from.remaining(), Ring.MAX_PAYLOAD);
        while (!link().out().hasRoom(length)) {
            if (isGone) {
                throw new ClosedChannelException();
            }
            end.bell().announce();
            if (link().out().awaitsRoom(length) && !isGone) {
                end.bell().sleep(TimeUnit.SECONDS.toNanos(1));
            }
            end.bell().getUp();
        }
        link().out().write(Unpooled.wrappedBuffer(from), 0, length);
        link().publish();
        link().ring();
        from.position(from.position() + length);
        return length;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        socket.close().awaitUninterruptibly();
        if (link != null) {
            link.close();
        }
        end.close();
    }
}
