package io.sluice.edge.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever HTTP/2 frames it wants to (RFC 9113, section 4.1). */
final class FrameClient implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final int NO_ERROR = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int CANCEL = 8;
    static final int FLOW_CONTROL_ERROR = 3;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(true, 65_536);

    /** A frame as it came. */
    record Frame(
            int type, int flags, int stream, ByteBuffer payload, @Nullable Http2Headers headers) {
        boolean isLast() {
            return (flags & END_STREAM) != 0;
        }

        /** The error code of a reset, or of a GOAWAY. */
        int error() {
            return payload.getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /** Connects with a preface and empty settings, which leave the defaults as they are. */
    FrameClient(int port, byte... settings) throws IOException {
        socket.setReceiveBufferSize(8192);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(PREFACE);
        send(SETTINGS, 0, 0, settings);
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    FrameClient send(int type, int flags, int stream, byte... payload) throws IOException {
        return send(frame(type, flags, stream, payload));
    }

    FrameClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** A header block of literals that are not indexed, without Huffman (RFC 7541, section 6.2). */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            literal(block, fields[i]);
            literal(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = bytes.length;
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            length -= 127;
            while (length >= 128) {
                block.write(length % 128 + 128);
                length /= 128;
            }
            block.write(length);
        }
        block.writeBytes(bytes);
    }

    Frame read() throws IOException {
        int length = (in.readUnsignedByte() << 16) + in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        return new Frame(
                type,
                flags,
                stream,
                ByteBuffer.wrap(payload),
                type == HEADERS ? decode(stream, payload) : null);
    }

    /** All of them, as each may change the table for the next ones. */
    private Http2Headers decode(int stream, byte[] block) throws IOException {
        try {
            return decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    /** The next frame of that kind; others before it are skipped. */
    Frame await(Predicate<Frame> wanted) throws IOException {
        Frame frame = read();
        while (!wanted.test(frame)) {
            frame = read();
        }
        return frame;
    }

    Frame await(int type) throws IOException {
        return await(frame -> frame.type() == type);
    }

    Frame await(int type, int stream) throws IOException {
        return await(frame -> frame.type() == type && frame.stream() == stream);
    }

    /** The status of the stream's next answer. */
    String status(int stream) throws IOException {
        return String.valueOf(Objects.requireNonNull(await(HEADERS, stream).headers()).status());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
