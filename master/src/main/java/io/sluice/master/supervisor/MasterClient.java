package io.sluice.master.supervisor;

import io.sluice.master.config.DataDirectory;
import io.sluice.master.json.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command's connection to the running master. */
public final class MasterClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;

    private MasterClient(SocketChannel channel) {
        this.channel = channel;
        this.lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /**
     * Connects.
     *
     * @throws IOException if no master runs on this directory
     */
    public static MasterClient connect(DataDirectory data) throws IOException {
        return new MasterClient(SocketChannel.open(UnixDomainSocketAddress.of(data.socket())));
    }

    /**
     * Gives an order and returns the answer.
     *
     * @throws IOException if the master goes away without one
     */
    public Map<String, Object> ask(Map<String, Object> order) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap((JsonLine.write(order) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the master ended before it answered");
        }
        return JsonLine.read(line);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
