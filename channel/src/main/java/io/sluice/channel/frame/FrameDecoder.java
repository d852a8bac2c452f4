package io.sluice.channel.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.util.List;

/**
 * Reads frames: a length (u32, big-endian) before each message. A length over the limit is refused
 * when it is read, before anything is allocated for it.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    static final int LENGTH_BYTES = 4;

    private final ConnectionMeter meter;

    /** Protocol Buffers reads arrays faster than Netty's memory. */
    private byte[] message = new byte[1024];

    FrameDecoder(ConnectionMeter meter) {
        this.meter = meter;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws IOException {
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length > Frames.MAX_BYTES) {
            in.skipBytes(in.readableBytes());
            throw new ProtocolViolation(
                    "a frame of %d bytes, the limit is %d".formatted(length, Frames.MAX_BYTES));
        }
        if (in.readableBytes() < LENGTH_BYTES + length) {
            return;
        }
        in.skipBytes(LENGTH_BYTES);
        Frame frame = parse(in, (int) length);
        meter.read(frame, LENGTH_BYTES + (int) length);
        out.add(frame);
    }

    private Frame parse(ByteBuf in, int length) throws IOException {
        if (message.length < length) {
            message = new byte[Math.max(length, Math.min(2 * message.length, Frames.MAX_BYTES))];
        }
        in.readBytes(message, 0, length);
        try {
            return Frame.parseFrom(CodedInputStream.newInstance(message, 0, length));
        } catch (InvalidProtocolBufferException e) {
            in.skipBytes(in.readableBytes());
            throw new ProtocolViolation("a malformed frame", e);
        }
    }
}
