package io.sluice.channel.unix;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.sluice.model.Job;
import io.sluice.model.Wire;
import io.sluice.model.wire.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An edge that passes descriptors just as the test says. */
final class RawPassing implements AutoCloseable {
    private final Socket socket = Socket.newSocketDomain();

    RawPassing(Path processor) throws IOException {
        socket.connect(new DomainSocketAddress(processor.toFile()));
    }

    /** A file that is open for reading. */
    record Open(FileDescriptor descriptor) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            descriptor.close();
        }
    }

    static Open open(Path file) throws IOException {
        return new Open(new StoreRoot(Path.of("/")).open(Path.of("/").relativize(file)));
    }

    static Frame alone(Job job) {
        return Frame.newBuilder().setJob(Wire.encode(job)).build();
    }

    /** With the word that a descriptor came before it. */
    static Frame announcing(Job job) {
        return Frame.newBuilder().setJob(Wire.encode(job).toBuilder().setPassed(true)).build();
    }

    void pass(Path file) throws IOException {
        try (Open opened = open(file)) {
            pass(opened);
        }
    }

    void pass(Open file) {
        try {
            while (socket.sendFd(file.descriptor().intValue()) <= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Frame... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            for (Frame frame : frames) {
                data.writeInt(frame.getSerializedSize());
                frame.writeTo(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** In one write. */
    void send(Frame... frames) {
        sendBytes(bytes(frames));
    }

    void sendBytes(byte... bytes) {
        try {
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            for (int sent = 0; sent < bytes.length; ) {
                sent += socket.write(direct, sent, bytes.length);
                Thread.onSpinWait(); // the socket doesn't wait by itself
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        for (int have = 0; have < length; ) {
            int more = socket.read(bytes, have, length);
            if (more < 0) {
                throw new EOFException("closed");
            }
            have += more;
            Thread.onSpinWait();
        }
        return bytes;
    }

    /** Reads on to the next frame of that kind. */
    Frame readUntil(Frame.KindCase kind) {
        try {
            Frame frame = readFrame();
            while (frame.getKindCase() != kind) {
                frame = readFrame();
            }
            return frame;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame readFrame() throws IOException {
        return Frame.parseFrom(read(read(Integer.BYTES).getInt(0)));
    }

    /** Reads to the end, which must come. */
    void readToEnd() {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                readFrame();
                            }
                        })
                .isInstanceOfAny(EOFException.class, NativeIoException.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
