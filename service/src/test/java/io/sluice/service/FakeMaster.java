package io.sluice.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The master's end of one link. */
final class FakeMaster implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServerSocketChannel server;
    private final SocketChannel channel;
    private final BufferedReader lines;

    private FakeMaster(ServerSocketChannel server, SocketChannel channel) {
        this.server = server;
        this.channel = channel;
        this.lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    static ServerSocketChannel listen(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket));
    }

    static FakeMaster accept(ServerSocketChannel server) throws IOException {
        return new FakeMaster(server, server.accept());
    }

    JsonNode next() throws IOException {
        return JSON.readTree(lines.readLine());
    }

    @Override
    public void close() throws IOException {
        channel.close();
        server.close();
    }
}
