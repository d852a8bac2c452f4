package io.sluice.channel.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Blocking sockets by the JDK, with the TLS of a bundle or none.
 *
 * @param protocol for ALPN
 */
record TlsSockets(@Nullable SslBundle bundle, String protocol) {

    TlsSockets(@Nullable SslBundle bundle) {
        this(bundle, TlsContext.PROTOCOL);
    }

    /** A connection as a client. */
    Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        if (bundle == null) {
            return socket;
        }
        return handshake(context(bundle), socket, true);
    }

    /** A connection that was accepted. */
    Socket secure(Socket accepted) throws IOException {
        return bundle == null ? accepted : handshake(context(bundle), accepted, false);
    }

    /** Shows its certificate also to those who said that they wouldn't trust it. */
    private static SSLContext context(SslBundle bundle) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    Stream.of(bundle.getManagers().getKeyManagers())
                            .map(manager -> new StubbornKeys((X509ExtendedKeyManager) manager))
                            .toArray(KeyManager[]::new),
                    bundle.getManagers().getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Socket handshake(SSLContext context, Socket plain, boolean asClient)
            throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        plain,
                                        plain.getInetAddress().getHostAddress(),
                                        plain.getPort(),
                                        true);
        socket.setUseClientMode(asClient);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        if (!asClient) {
            parameters.setNeedClientAuth(true);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
