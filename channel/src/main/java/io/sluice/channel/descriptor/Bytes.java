package io.sluice.channel.descriptor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Nothing but bytes. */
final class Bytes implements Source {
    @Override
    public int read(FileDescriptor from, ByteBuf into) throws IOException {
        ByteBuffer space = into.internalNioBuffer(into.writerIndex(), into.writableBytes());
        int bytes = from.read(space, space.position(), space.limit());
        into.writerIndex(into.writerIndex() + Math.max(bytes, 0));
        return bytes;
    }
}
