package io.sluice.service;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connection to the master that started this process, or nothing when there is none. Any thread
 * may send; messages are short and the master always reads, so a send doesn't wait. The master's
 * end of file means that it is dead.
 */
final class MasterLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);

    private final @Nullable SocketChannel channel;
    private final JsonMapper json = JsonMapper.builder().build();

    private MasterLink(@Nullable SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects to the master.
     *
     * @param socket path of its socket; null or empty when no master runs this process
     * @throws IOException if there should be a master and nobody listens
     */
    static MasterLink connect(@Nullable String socket) throws IOException {
        if (socket == null || socket.isBlank()) {
            return new MasterLink(null);
        }
        return new MasterLink(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Sends a message. A master that is gone is noticed by {@link #onEnd}, not here. */
    synchronized void send(LinkMessage message) {
        if (channel == null) {
            return;
        }
        String line = json.writeValueAsString(message.fields()) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            LOG.warn("The master didn't take {}: {}", message, e.toString());
        }
    }

    /** Runs an action, once and on a thread of its own, when the master is gone. */
    void onEnd(Runnable action) {
        if (channel != null) {
            Thread.ofPlatform().daemon().name("master-link").start(() -> awaitEnd(channel, action));
        }
    }

    private static void awaitEnd(SocketChannel channel, Runnable action) {
        ByteBuffer ignored = ByteBuffer.allocate(512);
        try {
            while (channel.read(ignored.clear()) >= 0) {
                LOG.debug("The master said something: this version has no orders yet");
            }
        } catch (IOException e) {
            LOG.debug("The link to the master broke", e);
        }
        if (channel.isOpen()) {
            action.run();
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
