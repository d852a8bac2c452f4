package io.sluice.channel.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.EventLoopGuard;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.RawPeer;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import io.sluice.channel.frame.FrameDispatcher;
import io.sluice.channel.frame.FrameReceiver;
import io.sluice.channel.frame.Mirror;
import io.sluice.model.wire.Frame.KindCase;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

/** Who is let in over TLS, by OpenSSL and by the JDK, and what is said of those who aren't. */
@ParameterizedClass(name = "TLS by {0}")
@EnumSource(
        value = SslProvider.class,
        names = {"JDK", "OPENSSL"})
@Timeout(60)
class TcpSecurityTest {
    private static final String NAME = TcpEnds.NAME;
    private static final Authority RIGHT = new Authority("right");
    private static final Authority WRONG = new Authority("wrong");

    private final SslProvider provider;
    @TempDir Path directory;
    private final DefaultSslBundleRegistry processorBundles = TcpEnds.registry(RIGHT.member(NAME));
    private final DefaultSslBundleRegistry edgeBundles = TcpEnds.registry(RIGHT.member(NAME));
    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private final LogLines log = new LogLines(TlsGate.class);
    private TcpEnds ends;

    TcpSecurityTest(SslProvider provider) {
        this.provider = provider;
    }

    @BeforeAll
    static void watchTheEventLoops() {
        EventLoopGuard.install();
    }

    @BeforeEach
    void openSslIsThere() {
        assertThat(OpenSsl.isAvailable()).as("netty-tcnative on the class path loads").isTrue();
        ends = new TcpEnds(directory, Pings.patient(), processorBundles, Map.of());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable end : made) {
            end.close();
        }
        ends.close();
        log.close();
    }

    private TcpSecurity security(DefaultSslBundleRegistry bundles, TlsContext.Side side) {
        return new TcpSecurity.MutualTls(
                TlsContext.of(
                        bundles,
                        TcpEnds.BUNDLE,
                        side,
                        provider,
                        ends.properties().ping().timeout()),
                new AllowedNames(ends.properties().tcp().allowedNames()));
    }

    private void startProcessor() {
        FrameReceiver receiver =
                new FrameReceiver(
                        new TcpProcessorTransport(
                                ends.properties(),
                                security(processorBundles, TlsContext.Side.PROCESSOR),
                                "0"),
                        ends.properties(),
                        "processor-0",
                        ends.meters(),
                        Jobs.CLOCK,
                        2);
        made.push(receiver);
        receiver.start(job -> job.complete(Jobs.clean()));
    }

    private Dispatcher startEdge() throws IOException {
        Dispatcher dispatcher =
                FrameDispatcher.start(
                        new TcpEdgeTransport(
                                ends.properties(), security(edgeBundles, TlsContext.Side.EDGE)),
                        ends.properties(),
                        "edge",
                        ends.meters(),
                        Jobs.CLOCK,
                        Mirror.off());
        made.push(dispatcher);
        return dispatcher;
    }

    /** Counted, logged, and nobody else's problem. */
    private void assertRefused(Refusal reason) throws Exception {
        Waiting.until(() -> refused(reason) > 0);
        Waiting.until(() -> log.lines().stream().anyMatch(l -> l.contains(reason.sentence())));
    }

    private double refused(Refusal reason) {
        return ends
                .meters()
                .find("sluice.channel.peers.refused")
                .tags("transport", "tcp", "reason", reason.word())
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static void assertServed(Dispatcher dispatcher) throws Exception {
        Waiting.until(() -> dispatcher.credit() > 0);
        assertThat(Sent.over(dispatcher.dispatch(Jobs.any())).outcome()).isEqualTo(Jobs.clean());
    }

    @Nested
    class AnEdge {
        @BeforeEach
        void startProcessor() {
            TcpSecurityTest.this.startProcessor();
        }

        /** Ends without having heard a frame. */
        private void connectsInVain(TlsSockets sockets) throws IOException {
            try (Socket socket = sockets.connect(ends.address("0"));
                    RawPeer edge = new RawPeer(new SocketBytes(socket))) {
                assertThat(edge.read()).isNull();
            } catch (SSLException e) {
                assertThat(e).as("the handshake itself fails").isNotNull();
            }
        }

        private void isRefused(@Nullable SslBundle bundle, Refusal reason) throws Exception {
            connectsInVain(new TlsSockets(bundle));
            assertRefused(reason);
            assertServed(startEdge());
        }

        @Test
        void ofAnotherAuthorityIsRefused() throws Exception {
            isRefused(WRONG.member(NAME, RIGHT), Refusal.UNTRUSTED);
        }

        @Test
        void whoseCertificateHasExpiredIsRefused() throws Exception {
            isRefused(RIGHT.expired(NAME), Refusal.EXPIRED);
        }

        @Test
        void ofTheRightAuthorityWithAWrongNameIsRefused() throws Exception {
            isRefused(RIGHT.member("somebody.test"), Refusal.NAME);
        }

        @Test
        void withoutACertificateIsRefused() throws Exception {
            isRefused(RIGHT.anonymous(), Refusal.NO_CERTIFICATE);
        }

        @Test
        void inPlainTextIsRefused() throws Exception {
            try (Socket socket = new TlsSockets(null).connect(ends.address("0"));
                    RawPeer edge = new RawPeer(new SocketBytes(socket))) {
                edge.sayHello();
                assertRefused(Refusal.PLAIN_TEXT);
            }
            assertServed(startEdge());
        }

        @Test
        void ofAnotherProtocolIsRefused() throws Exception {
            connectsInVain(new TlsSockets(RIGHT.member(NAME), "h2"));
            assertRefused(Refusal.PROTOCOL);
        }

        @Test
        void withAnAllowedNameIsServedAndHearsFramesOnlyThen() throws Exception {
            try (Socket socket = new TlsSockets(RIGHT.member(NAME)).connect(ends.address("0"));
                    RawPeer edge = new RawPeer(new SocketBytes(socket))) {
                edge.sayHello().readUntil(KindCase.CREDIT);
            }
        }
    }

    @Nested
    class AProcessor {
        private void isRefused(SslBundle bundle, Refusal reason) throws Exception {
            processorBundles.updateBundle(TcpEnds.BUNDLE, bundle);
            startProcessor();
            Dispatcher dispatcher = startEdge();
            assertRefused(reason);
            assertThat(dispatcher.processors()).isZero();
        }

        @Test
        void ofAnotherAuthorityIsRefused() throws Exception {
            isRefused(WRONG.member(NAME, RIGHT), Refusal.UNTRUSTED);
        }

        @Test
        void whoseCertificateHasExpiredIsRefused() throws Exception {
            isRefused(RIGHT.expired(NAME), Refusal.EXPIRED);
        }

        @Test
        void ofTheRightAuthorityWithAWrongNameIsRefused() throws Exception {
            isRefused(RIGHT.member("somebody.test"), Refusal.NAME);
        }

        @Test
        void inPlainTextIsRefused() throws Exception {
            TcpEnds plain = TcpEnds.plain(directory, Pings.patient());
            made.push(plain);
            plain.receiver("0", 1).start(job -> job.complete(Jobs.clean()));
            startEdge();
            assertRefused(Refusal.PLAIN_TEXT);
        }

        @Test
        void thatRefusesThisEdgeIsToldOf() throws Exception {
            startProcessor();
            edgeBundles.updateBundle(TcpEnds.BUNDLE, WRONG.member(NAME, RIGHT));
            startEdge();
            assertRefused(Refusal.ALERT);
        }
    }

    @Nested
    class ANewBundle {
        @Test
        void isForNewConnectionsWhileOldOnesGoOn() throws Exception {
            startProcessor();
            Dispatcher connected = startEdge();
            assertServed(connected);

            processorBundles.updateBundle(TcpEnds.BUNDLE, WRONG.member(NAME));
            edgeBundles.updateBundle(TcpEnds.BUNDLE, WRONG.member(NAME));

            Dispatcher fresh = startEdge();
            Waiting.until(() -> fresh.processors() == 1);
            assertServed(connected);
            assertServed(fresh); // with the slot that the other one gave back
            try (Socket socket =
                            new TlsSockets(RIGHT.member(NAME, WRONG)).connect(ends.address("0"));
                    RawPeer old = new RawPeer(new SocketBytes(socket))) {
                assertThat(old.read()).isNull();
            }
            assertRefused(Refusal.UNTRUSTED);
        }
    }

    @Test
    void anEdgeThatNeverShakesHandsIsSentAway() throws Exception {
        ends = new TcpEnds(directory, Pings.impatient(), processorBundles, Map.of());
        startProcessor();
        try (Socket socket = new TlsSockets(null).connect(ends.address("0"));
                RawPeer edge = new RawPeer(new SocketBytes(socket))) {
            assertThat(edge.read()).isNull();
        }
        assertRefused(Refusal.SILENT);
    }

    @Test
    void aBundleThatIsNotThereIsNamed() {
        ChannelProperties properties = ends.properties();
        assertThatThrownBy(() -> new TcpEdgeTransport(properties, new DefaultSslBundleRegistry()))
                .hasMessageContaining("sluice.channel.tcp.bundle = channel")
                .hasMessageContaining("spring.ssl.bundle");
    }
}
