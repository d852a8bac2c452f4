package io.sluice.channel.unix;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.directory.ProcessorDirectory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ends of the Unix transport in one directory. */
public final class UnixEnds extends Ends {
    public UnixEnds(Path directory, ChannelProperties.Ping ping, Integer... allowedUids) {
        this(
                directory,
                ping,
                Map.of(
                        "unix.allowed-uids",
                        Stream.of(allowedUids)
                                .map(String::valueOf)
                                .collect(Collectors.joining(","))));
    }

    /** With further settings. */
    UnixEnds(Path directory, ChannelProperties.Ping ping, Map<String, String> more) {
        super(Settings.bind(ping, settings(directory, more)));
    }

    private static Map<String, String> settings(Path directory, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("unix.directory", directory.toString());
        return settings;
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
        return new ProcessorDirectory(properties().unix().directory(), ".sock").entry(name);
    }
}
