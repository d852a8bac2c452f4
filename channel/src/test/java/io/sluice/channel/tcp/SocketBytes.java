package io.sluice.channel.tcp;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLException;

/** A blocking socket, also one with TLS, as what a raw peer reads and writes. */
record SocketBytes(Socket socket) implements ByteChannel {

    @Override
    public int read(ByteBuffer target) throws IOException {
        byte[] bytes = new byte[target.remaining()];
        try {
            int read = socket.getInputStream().read(bytes);
            target.put(bytes, 0, Math.max(read, 0));
            return read;
        } catch (SSLException e) {
            // An alert instead of an end: the other side has closed all the same.
            SocketException closed = new SocketException(e.getMessage());
            closed.initCause(e);
            throw closed;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        socket.getOutputStream().write(bytes);
        return bytes.length;
    }

    @Override
    public boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
