package io.sluice.channel.tcp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * One end's TLS as an SSL bundle has it now. When the bundle changes, new connections get what is
 * new; old ones go on with what they began with. Thread-safe.
 */
final class TlsContext {
    /** What both ends must agree on (ALPN, RFC 7301), so that no other service is mistaken. */
    static final String PROTOCOL = "sluice-channel/1";

    private static final Logger log = LoggerFactory.getLogger(TlsContext.class);

    /** More at the same moment fail, and are tried again. */
    private static final int MAX_HANDSHAKES = 1024;

    private static final Duration FLUSH_BEFORE_CLOSE = Duration.ofMillis(500);

    /** Checking a certificate takes milliseconds, which no event loop has. */
    private static final Executor VERIFIER = verifier();

    private final String name;
    private final Side side;
    private final SslProvider provider;
    private final Duration handshakeTimeout;
    private volatile SslContext current;

    /** Which end it is. */
    enum Side {
        EDGE,
        PROCESSOR
    }

    private TlsContext(
            String name,
            SslBundle bundle,
            Side side,
            SslProvider provider,
            Duration handshakeTimeout) {
        this.name = name;
        this.side = side;
        this.provider = provider;
        this.handshakeTimeout = handshakeTimeout;
        try {
            current = context(bundle);
        } catch (SSLException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "sluice.channel.tcp.bundle = %s: can't be used: %s"
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    /** From the bundle of that name, by OpenSSL where it loads and by the JDK elsewhere. */
    static TlsContext of(SslBundles bundles, String name, Side side, Duration handshakeTimeout) {
        return of(bundles, name, side, bestProvider(), handshakeTimeout);
    }

    static TlsContext of(
            SslBundles bundles,
            String name,
            Side side,
            SslProvider provider,
            Duration handshakeTimeout) {
        try {
            TlsContext made =
                    new TlsContext(name, bundles.getBundle(name), side, provider, handshakeTimeout);
            bundles.addBundleUpdateHandler(name, made::reload);
            return made;
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException(
                    "sluice.channel.tcp.bundle = %s: there is no such bundle below spring.ssl.bundle"
                            .formatted(name),
                    e);
        }
    }

    private static SslProvider bestProvider() {
        // Not the reference-counted one: connections of an old bundle end when they like.
        return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)
                ? SslProvider.OPENSSL
                : SslProvider.JDK;
    }

    private static Executor verifier() {
        ThreadPoolExecutor verifier =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MAX_HANDSHAKES),
                        Thread.ofPlatform().name("sluice-channel-tls").daemon().factory());
        verifier.prestartAllCoreThreads();
        return verifier;
    }

    private void reload(SslBundle bundle) {
        try {
            current = context(bundle);
            log.atInfo().addKeyValue("bundle", name).log("new connections use the new SSL bundle");
        } catch (SSLException | RuntimeException e) {
            log.atError()
                    .addKeyValue("bundle", name)
                    .setCause(e)
                    .log("the new SSL bundle can't be used: the old one stays");
        }
    }

    private SslContext context(SslBundle bundle) throws SSLException {
        var keys = bundle.getManagers().getKeyManagerFactory();
        SslContextBuilder builder =
                switch (side) {
                    case EDGE ->
                            SslContextBuilder.forClient()
                                    .keyManager(keys)
                                    // The names that are allowed say who may answer, not the
                                    // address at which it was found.
                                    .endpointIdentificationAlgorithm(null);
                    case PROCESSOR ->
                            SslContextBuilder.forServer(keys).clientAuth(ClientAuth.REQUIRE);
                };
        return builder.trustManager(bundle.getManagers().getTrustManagerFactory())
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .applicationProtocolConfig(
                        new ApplicationProtocolConfig(
                                Protocol.ALPN,
                                SelectorFailureBehavior.NO_ADVERTISE,
                                SelectedListenerFailureBehavior.ACCEPT,
                                PROTOCOL))
                .build();
    }

    /** For a new connection. Without the peer's address, so that no session is ever resumed. */
    SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = current.newHandler(allocator, VERIFIER);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(FLUSH_BEFORE_CLOSE.toMillis());
        return handler;
    }
}
