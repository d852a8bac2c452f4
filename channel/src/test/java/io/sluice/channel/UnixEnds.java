package io.sluice.channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The ends of the Unix transport in one directory. */
final class UnixEnds implements Ends {
    private final ChannelProperties properties;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    UnixEnds(Path directory, ChannelProperties.Ping ping, Integer... allowedUids) {
        properties = properties(directory, ping, allowedUids);
    }

    static ChannelProperties properties(
            Path directory, ChannelProperties.Ping ping, Integer... allowedUids) {
        return new ChannelProperties(
                Transport.UNIX,
                new ChannelProperties.Unix(directory, List.of(allowedUids)),
                ping,
                new ChannelProperties.Tcp(false));
    }

    @Override
    public Dispatcher dispatcher() {
        return keep(UnixDispatcher.start(properties, "edge", meters, Jobs.CLOCK));
    }

    @Override
    public JobReceiver receiver(String name, int slots) {
        return keep(
                new UnixJobReceiver(
                        properties, "processor-" + name, meters, Jobs.CLOCK, slots, name));
    }

    @Override
    public RawPeer rawEdge(String receiver) throws IOException {
        return keep(new RawPeer(SocketChannel.open(UnixDomainSocketAddress.of(socket(receiver)))));
    }

    @Override
    public RawListener rawProcessor(String name) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket(name)));
        return keep(
                new RawListener() {
                    @Override
                    public RawPeer accept() throws IOException {
                        return keep(new RawPeer(server.accept()));
                    }

                    @Override
                    public void close() throws IOException {
                        server.close();
                        Files.deleteIfExists(socket(name));
                    }
                });
    }

    Path socket(String name) {
        return new SocketDirectory(properties.unix().directory()).socket(name);
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    private <T extends AutoCloseable> T keep(T end) {
        made.push(end);
        return end;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable end : made) {
            try {
                end.close();
            } catch (Exception e) {
                throw new IOException("an end could not be closed", e);
            }
        }
    }
}
