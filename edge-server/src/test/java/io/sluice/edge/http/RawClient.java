package io.sluice.edge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that speaks whatever bytes it wants to. Text is ISO 8859-1. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private static final Pattern LENGTH =
            Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);

    private final Socket socket = new Socket();

    RawClient(int port) throws IOException {
        socket.setReceiveBufferSize(8192);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends as much as the other end takes, in a few pieces. */
    RawClient sendInPieces(byte[] bytes, Random random) {
        int at = 0;
        try {
            for (int pieces = random.nextInt(4); pieces >= 0 && at < bytes.length; pieces--) {
                int end = pieces == 0 ? bytes.length : at + random.nextInt(bytes.length - at) + 1;
                socket.getOutputStream().write(bytes, at, end - at);
                at = end;
            }
        } catch (IOException e) {
            // It has read enough to end the connection: what it said meanwhile can still be read.
            return this;
        }
        return this;
    }

    /** All that comes until the other end closes or resets. */
    String readToEnd() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (SocketException e) {
            // A reset is an end, too.
            return read.toString(StandardCharsets.ISO_8859_1);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** All that comes until the other end closes. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes up to and including the text. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** One answer with its body, whose length it must tell. */
    String readAnswer() throws IOException {
        String header = readUntil("\r\n\r\n");
        Matcher length = LENGTH.matcher(header);
        if (!length.find()) {
            throw new IOException("an answer without length: " + header);
        }
        byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        return header + new String(body, StandardCharsets.ISO_8859_1);
    }

    /** So many bytes, or what comes until the other end closes. */
    String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    int readOne() throws IOException {
        return socket.getInputStream().read();
    }

    /** Ends the connection by a reset, as a client that is killed does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
