package io.sluice.edge.http.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * The port's TLS as an SSL bundle has it now: 1.2 and 1.3, and by ALPN HTTP/2 or HTTP/1.1. When the
 * bundle changes, new connections get what is new; old ones go on with what they began with.
 * Thread-safe.
 */
public final class EdgeTls {
    private static final Logger log = LoggerFactory.getLogger(EdgeTls.class);

    private final String name;
    private final Duration handshake;
    private final GenericSslContextSpec<SslContextBuilder> first;
    private volatile reactor.netty.tcp.SslProvider current;

    private EdgeTls(String name, Duration handshake, SslBundle bundle) {
        this.name = name;
        this.handshake = handshake;
        this.first = context(bundle);
        this.current = provider(bundle).build();
    }

    /**
     * TLS by a bundle.
     *
     * @param handshake how long one may take
     * @throws IllegalArgumentException when there is no such bundle, or it can't be used
     */
    public static EdgeTls of(SslBundles bundles, String name, Duration handshake) {
        try {
            EdgeTls tls = new EdgeTls(name, handshake, bundles.getBundle(name));
            bundles.addBundleUpdateHandler(name, tls::reload);
            return tls;
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException(
                    "sluice.edge.tls.bundle = %s: there is no such bundle below spring.ssl.bundle"
                            .formatted(name));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "sluice.edge.tls.bundle = %s: can't be used: %s".formatted(name, reason(e)));
        }
    }

    /** The innermost reason says which file, and what of it. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private void reload(SslBundle bundle) {
        try {
            current = provider(bundle).build();
            log.atInfo().addKeyValue("bundle", name).log("new connections use the new SSL bundle");
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("bundle", name)
                    .setCause(e)
                    .log("the new SSL bundle can't be used: the old one stays");
        }
    }

    private reactor.netty.tcp.SslProvider.Builder provider(SslBundle bundle) {
        return reactor.netty.tcp.SslProvider.builder()
                .sslContext(context(bundle))
                .handshakeTimeout(handshake);
    }

    private static GenericSslContextSpec<SslContextBuilder> context(SslBundle bundle) {
        return Http2SslContextSpec.forServer(bundle.getManagers().getKeyManagerFactory())
                .configure(tls -> tls.sslProvider(bestProvider()).protocols("TLSv1.3", "TLSv1.2"));
    }

    private static SslProvider bestProvider() {
        // Not the reference-counted one: connections of an old bundle end when they like.
        return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)
                ? SslProvider.OPENSSL
                : SslProvider.JDK;
    }

    /**
     * The server with TLS; each new connection asks for what is current, whatever name it wants.
     */
    public HttpServer secure(HttpServer server) {
        return server.secure(
                reactor.netty.tcp.SslProvider.builder()
                        .sslContext(first)
                        .setSniAsyncMappings((_, promise) -> promise.setSuccess(current))
                        .handshakeTimeout(handshake)
                        .build());
    }
}
