package io.sluice.channel.descriptor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A Netty channel over two open descriptors, one for each direction, both on the event loop's
 * epoll. It is made without them, gets them opened, and is active once the peer is there.
 *
 * <p>A peer that closes its end for writing is the end of the stream. One that closes its end for
 * reading breaks the connection as soon as what it had written is read. Everything runs on the
 * event loop.
 */
public final class DescriptorChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    /** For one system call. */
    private static final int MAX_BUFFERS = 64;

    private static final long MAX_BYTES = 256 * 1024;

    /** With no operation at all, epoll would not even tell that the reader is gone. */
    private static final EpollIoOps GONE = EpollIoOps.EPOLLERR;

    private static final EpollIoOps ROOM = EpollIoOps.EPOLLOUT.with(GONE);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Source source;
    private @Nullable DescriptorEnd in;
    private @Nullable DescriptorEnd out;
    private boolean active;
    private boolean closed;
    private boolean broken;

    /** For pipes. */
    public DescriptorChannel() {
        this(new Bytes());
    }

    /** For a socket over which descriptors come too. */
    public DescriptorChannel(PassedSource source) {
        this((Source) source);
    }

    private DescriptorChannel(Source source) {
        super(null);
        this.source = source;
    }

    /** Takes both ends over; the peer is there. */
    public void open(OpenPair pair) {
        await(pair);
        activate();
    }

    /** Takes both ends over; the peer is there once {@link #activate} says so, or its bytes. */
    public void await(OpenPair pair) {
        in = new DescriptorEnd(pair.in(), this::readable, this::closeFromLoop);
        out = new DescriptorEnd(pair.out(), this::writable, this::closeFromLoop);
        in.register((IoEventLoop) eventLoop(), EpollIoOps.EPOLLIN);
    }

    /** The peer is there. */
    public void activate() {
        if (closed || active || out == null) {
            return;
        }
        active = true;
        out.register((IoEventLoop) eventLoop(), GONE);
        pipeline().fireChannelActive();
    }

    /** Closes it if its peer has not come. */
    public void closeUnlessActive() {
        if (!active) {
            closeFromLoop();
        }
    }

    private void closeFromLoop() {
        unsafe().close(voidPromise());
    }

    private void readable(EpollIoOps ops) {
        activate();
        if (!closed) {
            read(false);
        }
    }

    /** Reads what is there now; to the very last byte when the connection is broken. */
    private void read(boolean toTheLast) {
        var handle = unsafe().recvBufAllocHandle();
        handle.reset(config);
        boolean ended = false;
        try {
            int bytes;
            do {
                ByteBuf buffer = config.getAllocator().directBuffer(handle.guess());
                handle.attemptedBytesRead(buffer.writableBytes());
                bytes = fill(buffer);
                handle.lastBytesRead(bytes);
                if (bytes > 0) {
                    handle.incMessagesRead(1);
                    pass(buffer);
                } else {
                    buffer.release();
                    ended = bytes < 0;
                }
            } while (bytes > 0 && !closed && (toTheLast || handle.continueReading()));
        } catch (IOException e) {
            pipeline().fireExceptionCaught(e);
            ended = true;
        }
        handle.readComplete();
        pipeline().fireChannelReadComplete();
        if (ended) {
            closeFromLoop();
        }
    }

    private void pass(ByteBuf bytes) {
        if (bytes.isReadable()) {
            pipeline().fireChannelRead(bytes);
        } else {
            bytes.release();
        }
        Object beside = source.beside();
        if (beside != null) {
            pipeline().fireChannelRead(beside);
        }
    }

    private int fill(ByteBuf buffer) throws IOException {
        if (in == null) {
            return -1;
        }
        try {
            return source.read(in.fd(), buffer);
        } catch (IOException e) {
            buffer.release();
            throw e;
        }
    }

    private void writable(EpollIoOps ops) {
        if (DescriptorEnd.isBroken(ops)) {
            breakOff(new IOException("the peer reads no more"));
        } else {
            unsafe().flush();
        }
    }

    /** What the peer had written before it went still counts. */
    public void breakOff(IOException why) {
        if (broken || closed) {
            return;
        }
        broken = true;
        activate();
        read(true);
        if (!closed) {
            pipeline().fireExceptionCaught(why);
            closeFromLoop();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        if (out == null || broken) {
            return; // to fail when the channel closes, which is soon
        }
        try {
            while (!waiting.isEmpty()) {
                if (!writeSome(out, waiting)) {
                    out.want(ROOM);
                    return;
                }
            }
            out.want(GONE);
        } catch (IOException e) {
            // Later: this may be called by a handler that reads.
            eventLoop().execute(() -> breakOff(e));
        }
    }

    /** Returns false when there is no room. */
    private static boolean writeSome(DescriptorEnd out, ChannelOutboundBuffer waiting)
            throws IOException {
        ByteBuffer[] buffers = waiting.nioBuffers(MAX_BUFFERS, MAX_BYTES);
        int count = waiting.nioBufferCount();
        long written = count == 0 ? 0 : out.fd().writev(buffers, 0, count, waiting.nioBufferSize());
        // The waiting messages remember these buffers: what is written must be behind them.
        long left = written;
        for (int i = 0; left > 0; i++) {
            int step = (int) Math.min(left, buffers[i].remaining());
            buffers[i].position(buffers[i].position() + step);
            left -= step;
        }
        waiting.removeBytes(written);
        return count == 0 || written > 0;
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            throw new UnsupportedOperationException("only bytes can be written");
        }
        if (bytes.isDirect()) {
            return bytes;
        }
        ByteBuf copy = config.getAllocator().directBuffer(bytes.readableBytes());
        copy.writeBytes(bytes);
        bytes.release();
        return copy;
    }

    @Override
    protected void doClose() {
        closed = true;
        active = false;
        for (DescriptorEnd end : new DescriptorEnd[] {in, out}) {
            if (end != null) {
                end.shut();
            }
        }
    }

    /** Always reads: the frames' credit bounds what comes. */
    @Override
    protected void doBeginRead() {}

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("it is opened"));
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isCompatible(DescriptorEnd.class);
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("descriptors have no address");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }
}
