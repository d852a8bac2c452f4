package io.sluice.channel.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;

/** Stands between an edge and a processor, and breaks what goes through it. */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final Target target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Deque<Cut> cuts = new ConcurrentLinkedDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean frozen;

    /** Where the processor listens now. */
    interface Target {
        InetSocketAddress address() throws IOException;
    }

    /** Which bytes of a connection are its last. */
    record Cut(boolean toProcessor, int after) {}

    TcpProxy(Target target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Each connection from now on is cut by the next of these, until there is none left. */
    void cut(Cut... where) {
        cuts.addAll(Arrays.asList(where));
    }

    boolean hasCutAll() {
        return cuts.isEmpty();
    }

    /** Keeps every connection open, but lets nothing through any more: a half-open peer. */
    void freeze() {
        frozen = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket edge = server.accept();
                InetSocketAddress address = target.address();
                Socket processor = new Socket(address.getAddress(), address.getPort());
                open.add(edge);
                open.add(processor);
                Cut cut = cuts.poll();
                pump(edge, processor, cut != null && cut.toProcessor() ? cut.after() : -1);
                pump(processor, edge, cut != null && !cut.toProcessor() ? cut.after() : -1);
            }
        } catch (SocketException e) {
            closed.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies until the end, or until that many bytes have gone through, if it isn't negative. */
    private void pump(Socket from, Socket to, int limit) {
        Thread.ofVirtual()
                .start(() -> {
                    try (from;
                            to) {
                        copy(from.getInputStream(), to.getOutputStream(), limit);
                    } catch (IOException e) {
                        open.remove(from); // the other direction has ended
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void copy(InputStream in, OutputStream out, int limit)
            throws IOException, InterruptedException {
        byte[] bytes = new byte[8192];
        int left = limit;
        int read = in.read(bytes);
        while (read > 0 && left != 0) {
            if (frozen) {
                closed.await();
                return;
            }
            int length = left < 0 ? read : Math.min(read, left);
            out.write(bytes, 0, length);
            left -= left < 0 ? 0 : length;
            read = left == 0 ? -1 : in.read(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
