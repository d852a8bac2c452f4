package io.sluice.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The bodies, cut from a file: each request gets the piece after the last one's, from the start
 * again at the end. Safe for several threads.
 */
sealed interface Bodies extends Closeable {
    /** Sends a request with the body of that number. */
    void send(Request request, int number, SocketChannel socket) throws IOException;

    @Override
    default void close() throws IOException {}

    static Bodies of(Plan plan) throws IOException {
        if (plan.bodySize() == 0) {
            return new None();
        }
        Path file = Path.of(plan.content());
        return plan.bodySize() <= Copied.LARGEST
                ? Copied.from(file, (int) plan.bodySize())
                : new Sent(FileChannel.open(file), plan.bodySize());
    }

    /** A method without a body. */
    record None() implements Bodies {
        @Override
        public void send(Request request, int number, SocketChannel socket) throws IOException {
            write(socket, request.head());
        }
    }

    private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    /** Small ones: with the head in one write. */
    record Copied(ByteBuffer memory, int size) implements Bodies {
        private static final int LARGEST = 1 << 20;

        static Copied from(Path file, int size) throws IOException {
            ByteBuffer memory = ByteBuffer.allocateDirect(LARGEST / size * size);
            try (FileChannel channel = FileChannel.open(file)) {
                while (memory.hasRemaining() && channel.read(memory) >= 0) {
                    // Reads on until the memory is full.
                }
            }
            if (memory.hasRemaining()) {
                throw new IOException(file + " is shorter than " + memory.limit() + " bytes");
            }
            return new Copied(memory.flip(), size);
        }

        @Override
        public void send(Request request, int number, SocketChannel socket) throws IOException {
            int offset = number % (memory.limit() / size) * size;
            ByteBuffer[] all = {request.head(), memory.slice(offset, size), request.tail()};
            while (all[1].hasRemaining() || all[2].hasRemaining()) {
                socket.write(all);
            }
        }
    }

    /** Long ones: by sendfile, so that the client takes little of the machine that it shares. */
    record Sent(FileChannel file, long size) implements Bodies {
        @Override
        public void send(Request request, int number, SocketChannel socket) throws IOException {
            write(socket, request.head());
            long offset = number % (file.size() / size) * size;
            long sent = 0;
            while (sent < size) {
                sent += file.transferTo(offset + sent, size - sent, socket);
            }
            write(socket, request.tail());
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
