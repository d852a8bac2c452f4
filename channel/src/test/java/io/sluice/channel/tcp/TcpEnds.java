package io.sluice.channel.tcp;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.contract.Ends;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.directory.ProcessorDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The ends of the TCP transport that find each other in one directory. */
final class TcpEnds extends Ends {
    static final String BUNDLE = "channel";
    static final String NAME = "member.test";

    /** Of a raw processor, so that it is soon seen when it doesn't read. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private static final Authority RIGHT = new Authority("right");

    private final Path directory;
    private final TlsSockets sockets;

    TcpEnds(
            Path directory,
            ChannelProperties.Ping ping,
            @Nullable SslBundles bundles,
            Map<String, String> more) {
        super(Settings.bind(ping, settings(directory, bundles != null, more)), bundles);
        this.directory = directory;
        sockets = new TlsSockets(bundles == null ? null : bundles.getBundle(BUNDLE));
    }

    private static Map<String, String> settings(
            Path directory, boolean secure, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("transport", "tcp");
        settings.put("unix.directory", directory.toString());
        if (secure) {
            settings.put("tcp.bundle", BUNDLE);
            settings.put("tcp.allowed-names", NAME);
        } else {
            settings.put("tcp.insecure", "true");
        }
        settings.putAll(more);
        return settings;
    }

    static TcpEnds plain(Path directory, ChannelProperties.Ping ping) {
        return plain(directory, ping, Map.of());
    }

    static TcpEnds plain(Path directory, ChannelProperties.Ping ping, Map<String, String> more) {
        return new TcpEnds(directory, ping, null, more);
    }

    static TcpEnds tls(Path directory, ChannelProperties.Ping ping) {
        return tls(directory, ping, Map.of());
    }

    static TcpEnds tls(Path directory, ChannelProperties.Ping ping, Map<String, String> more) {
        return new TcpEnds(directory, ping, registry(RIGHT.member(NAME)), more);
    }

    static DefaultSslBundleRegistry registry(SslBundle bundle) {
        return new DefaultSslBundleRegistry(BUNDLE, bundle);
    }

    @Override
    public RawPeer rawEdge(String receiver) throws IOException {
        return keep(new RawPeer(new SocketBytes(sockets.connect(address(receiver)))));
    }

    /** Where a receiver that was started listens. */
    InetSocketAddress address(String receiver) throws IOException {
        return TcpSockets.parse(Announcement.read(entry(receiver)).orElseThrow());
    }

    Path entry(String name) {
        return new ProcessorDirectory(directory, Announcement.SUFFIX).entry(name);
    }

    @Override
    public RawListener rawProcessor(String name) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReceiveBufferSize(RECEIVE_BUFFER);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ProcessorDirectory run = ProcessorDirectory.open(directory, Announcement.SUFFIX);
        Announcement announcement = new Announcement(run.entry(name), run.unready(name));
        announcement.claim();
        announcement.publish(TcpSockets.format(server.getInetAddress(), server.getLocalPort()));
        return keep(
                new RawListener() {
                    @Override
                    public RawPeer accept() throws IOException {
                        Socket accepted = sockets.secure(server.accept());
                        return keep(new RawPeer(new SocketBytes(accepted)));
                    }

                    @Override
                    public void close() throws IOException {
                        announcement.remove();
                        server.close();
                    }
                });
    }
}
