package io.sluice.processor.scan;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where clamd listens, as the setting spells it. */
sealed interface ClamdAddress {
    /** Where Debian's package puts the socket, if something is there. */
    record Auto() implements ClamdAddress {}

    /** No clamd, even if there is one. */
    record Off() implements ClamdAddress {}

    /** A Unix socket: clamd may see the same paths. */
    record Unix(Path path) implements ClamdAddress {
        SocketAddress socket() {
            return UnixDomainSocketAddress.of(path);
        }
    }

    /** A TCP port: nothing but bytes is shared. */
    record Tcp(String host, int port) implements ClamdAddress {
        /** Looked up again for each connection: a scanner in a cluster moves. */
        SocketAddress socket() {
            return new InetSocketAddress(host, port);
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it has none of the four forms
     */
    static ClamdAddress valueOf(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        if (text.equals("off")) {
            return new Off();
        }
        if (text.startsWith("unix:/")) {
            return new Unix(Path.of(text.substring("unix:".length())));
        }
        if (text.startsWith("tcp://")) {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65_535) {
                return new Tcp(uri.getHost(), uri.getPort());
            }
        }
        throw new IllegalArgumentException("not auto, off, unix:/path or tcp://host:port: " + text);
    }
}
