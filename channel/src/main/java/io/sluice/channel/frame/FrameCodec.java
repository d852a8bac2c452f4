package io.sluice.channel.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import io.netty.handler.codec.EncoderException;
import io.sluice.model.wire.Frame;
import java.io.IOException;
import java.util.List;

/**
 * Translates between bytes and frames: a length (u32, big-endian) before each message. A length
 * over the limit is refused when it is read, before anything is allocated for it.
 */
final class FrameCodec extends ByteToMessageCodec<Frame> {
    private static final int LENGTH_BYTES = 4;

    private final ConnectionMeter meter;

    FrameCodec(ConnectionMeter meter) {
        super(Frame.class);
        this.meter = meter;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Frame frame, ByteBuf out) throws IOException {
        int length = frame.getSerializedSize();
        if (length > Frames.MAX_BYTES) {
            throw new EncoderException("a frame of " + length + " bytes can't be sent");
        }
        out.ensureWritable(LENGTH_BYTES + length);
        out.writeInt(length);
        CodedOutputStream stream =
                CodedOutputStream.newInstance(out.nioBuffer(out.writerIndex(), length));
        frame.writeTo(stream);
        stream.checkNoSpaceLeft();
        out.writerIndex(out.writerIndex() + length);
        meter.written(frame, LENGTH_BYTES + length);
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

    private static Frame parse(ByteBuf in, int length) throws IOException {
        try {
            Frame frame =
                    Frame.parseFrom(
                            CodedInputStream.newInstance(in.nioBuffer(in.readerIndex(), length)));
            in.skipBytes(length);
            return frame;
        } catch (InvalidProtocolBufferException e) {
            in.skipBytes(in.readableBytes());
            throw new ProtocolViolation("a malformed frame", e);
        }
    }
}
