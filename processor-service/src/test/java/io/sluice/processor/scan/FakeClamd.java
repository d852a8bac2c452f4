package io.sluice.processor.scan;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A clamd that misbehaves as it is told to. */
public final class FakeClamd implements Closeable {
    private final ServerSocketChannel server;
    private final Misbehaviour misbehaviour;
    private final List<SocketChannel> connections = Collections.synchronizedList(new ArrayList<>());

    /** What it does to a scan command; the connection is closed after it unless it is kept. */
    @FunctionalInterface
    public interface Misbehaviour {
        /**
         * Answers.
         *
         * @return whether to close the connection
         */
        boolean answer(String command, SocketChannel client) throws IOException;
    }

    /** Listens at once. */
    public FakeClamd(Path socket, Misbehaviour misbehaviour) throws IOException {
        this.misbehaviour = misbehaviour;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    /** One that answers every scan with the same bytes and closes. */
    public static FakeClamd saying(Path socket, String reply) throws IOException {
        return new FakeClamd(
                socket,
                (command, client) -> {
                    if (command.equals("zINSTREAM")) {
                        readStream(client);
                    }
                    send(client, reply);
                    return true;
                });
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel client = server.accept();
                connections.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel client) {
        try {
            String command = readCommand(client);
            if (command.equals("zVERSION")) {
                send(client, "ClamAV 1.4.6/27000/Fri Jan  2 03:04:05 2026\0");
                client.close();
            } else if (misbehaviour.answer(command, client)) {
                client.close();
            }
        } catch (IOException e) {
            // The client went away, which is its right.
            connections.remove(client);
        }
    }

    private static String readCommand(SocketChannel client) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder command = new StringBuilder();
        while (client.read(one.clear()) > 0 && one.get(0) != 0) {
            command.append((char) one.get(0));
        }
        return command.toString();
    }

    /** Reads a whole stream of chunks. */
    static void readStream(SocketChannel client) throws IOException {
        for (int length = readLength(client); length > 0; length = readLength(client)) {
            readFully(client, length);
        }
    }

    private static int readLength(SocketChannel client) throws IOException {
        return readFully(client, Integer.BYTES).getInt();
    }

    static ByteBuffer readFully(SocketChannel client, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("the client closed the connection");
            }
        }
        return buffer.flip();
    }

    /** Sends all of an answer. */
    public static void send(SocketChannel client, String reply) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(reply.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : List.copyOf(connections)) {
            connection.close();
        }
    }
}
