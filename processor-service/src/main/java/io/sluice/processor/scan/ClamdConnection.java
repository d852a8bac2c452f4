package io.sluice.processor.scan;

import io.sluice.processor.Lease;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * One connection to clamd, for one command. clamd that hangs still accepts connections and the
 * first 64 KiB, so each wait is bounded: by the time given for the whole exchange and by the lease.
 * Belongs to one thread; another may end its waits through the lease.
 */
final class ClamdConnection implements Closeable {
    private static final int LONGEST_REPLY = 16 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final Lease lease;
    private final long end;
    private final Duration timeout;
    private final Lease.Registration wakeUp;

    private ClamdConnection(
            SocketChannel channel, Selector selector, Lease lease, Duration timeout) {
        this.channel = channel;
        this.selector = selector;
        this.lease = lease;
        this.timeout = timeout;
        this.end = System.nanoTime() + timeout.toNanos();
        this.wakeUp = lease.onRevoked(selector::wakeup);
    }

    /**
     * Connects.
     *
     * @param timeout for the whole exchange, from now
     */
    static ClamdConnection open(SocketAddress address, Lease lease, Duration timeout)
            throws IOException {
        SocketChannel channel =
                address instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open();
        ClamdConnection connection;
        try {
            channel.configureBlocking(false);
            connection = new ClamdConnection(channel, Selector.open(), lease, timeout);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        try {
            connection.connect(address);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void connect(SocketAddress address) throws IOException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        boolean connected = channel.connect(address);
        channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT);
        while (!connected) {
            await(SelectionKey.OP_CONNECT);
            connected = channel.finishConnect();
        }
    }

    /**
     * Sends bytes for as long as clamd takes them. At a limit it answers before it has all, and
     * closes the connection.
     *
     * @return false if there is an answer, or the end, to be read before all was sent
     */
    boolean send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (isReady(SelectionKey.OP_READ)) {
                return false;
            }
            try {
                if (channel.write(bytes) > 0) {
                    continue;
                }
            } catch (IOException e) {
                // The answer that was sent before the connection broke tells more.
                return false;
            }
            await(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        }
        return true;
    }

    private boolean isReady(int operation) throws IOException {
        key().interestOps(operation);
        selector.selectNow();
        boolean ready = !selector.selectedKeys().isEmpty();
        selector.selectedKeys().clear();
        return ready;
    }

    /**
     * Reads the answer, which clamd ends with a zero byte.
     *
     * @throws EOFException if the connection ended before
     */
    String reply() throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(LONGEST_REPLY);
        while (reply.hasRemaining()) {
            int length = channel.read(reply);
            if (length < 0) {
                throw new EOFException(
                        "it closed the connection after %d bytes of an answer"
                                .formatted(reply.position()));
            }
            if (length == 0) {
                await(SelectionKey.OP_READ);
            } else if (reply.get(reply.position() - 1) == 0) {
                return new String(reply.array(), 0, reply.position() - 1, StandardCharsets.UTF_8);
            }
        }
        throw new IOException("its answer is longer than %d bytes".formatted(LONGEST_REPLY));
    }

    /** Waits until one of the operations is possible. */
    private void await(int operations) throws IOException {
        key().interestOps(operations);
        while (selector.selectedKeys().isEmpty()) {
            lease.ensureHeld();
            long left = Math.min(end - System.nanoTime(), lease.remaining().toNanos());
            if (left <= 0) {
                lease.ensureHeld();
                throw new SocketTimeoutException("no answer within " + timeout);
            }
            selector.select(Math.max(1, left / 1_000_000));
        }
        selector.selectedKeys().clear();
    }

    private SelectionKey key() {
        return Objects.requireNonNull(channel.keyFor(selector));
    }

    @Override
    public void close() throws IOException {
        wakeUp.close();
        try (selector) {
            channel.close();
        }
    }
}
