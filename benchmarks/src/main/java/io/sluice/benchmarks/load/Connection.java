package io.sluice.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** One blocking connection that is kept alive. */
final class Connection implements Closeable {
    private final SocketChannel socket;
    private final AnswerReader answers;

    Connection(int port) throws IOException {
        socket =
                SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        answers = new AnswerReader(socket);
    }

    /** Sends one request and waits for the answer. */
    Answer exchange(Request request, Bodies bodies, int number) throws IOException {
        bodies.send(request, number, socket);
        return answers.read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
