package io.sluice.edge.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.sluice.edge.network.AddressFilter;
import io.sluice.edge.network.Network;
import io.sluice.edge.network.TargetRefused;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class OutboundLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger connections = new AtomicInteger();
    private OutboundLoop loop;
    private DisposableServer canary;

    @BeforeEach
    void start() {
        loop = new OutboundLoop();
        canary =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .doOnConnection(_ -> connections.incrementAndGet())
                        .handle((_, response) -> response.status(204).send())
                        .bindNow();
    }

    @AfterEach
    void stop() {
        canary.disposeNow();
        loop.close();
    }

    /** A name server of the attacker's: any name has these addresses; counts the questions. */
    private static final class Names extends AddressResolverGroup<InetSocketAddress> {
        private final List<InetAddress> addresses;
        private final AtomicInteger questions = new AtomicInteger();

        Names(String... addresses) {
            this.addresses = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetSocketAddressResolver(
                    executor,
                    new InetNameResolver(executor) {
                        @Override
                        protected void doResolve(String host, Promise<InetAddress> promise) {
                            questions.incrementAndGet();
                            promise.setSuccess(addresses.getFirst());
                        }

                        @Override
                        protected void doResolveAll(
                                String host, Promise<List<InetAddress>> promise) {
                            questions.incrementAndGet();
                            promise.setSuccess(addresses);
                        }
                    });
        }
    }

    private CompletableFuture<Integer> get(Names names, List<Network> allowed, String url) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        loop.client(
                        names,
                        new AddressFilter(allowed, List.of(), "sluice.webhook"),
                        PATIENCE,
                        PATIENCE)
                .get()
                .uri(url)
                .response()
                .map(response -> response.status().code())
                .subscribe(status::complete, status::completeExceptionally);
        return status;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "0.0.0.0",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[64:ff9b::7f00:1]",
                "attacker.example"
            })
    void noSpellingOfThisHostIsConnectedTo(String host) {
        String url = "http://" + host + ':' + canary.port() + '/';
        assertThatThrownBy(() -> get(new Names("127.0.0.1"), List.of(), url).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(TargetRefused.class);
        assertThat(connections).hasValue(0);
    }

    @Test
    void aHostWithAnyAddressThatIsNotPublicIsRefused() {
        Names mixed = new Names("93.184.216.34", "127.0.0.1");
        String url = "http://attacker.example:" + canary.port() + '/';
        assertThatThrownBy(() -> get(mixed, List.of(), url).join())
                .hasRootCauseInstanceOf(TargetRefused.class);
        assertThat(connections).hasValue(0);
    }

    @Test
    void aNameIsLookedUpOnce() {
        Names names = new Names("127.0.0.1");
        List<Network> loopback = List.of(Network.valueOf("127.0.0.0/8"));
        String url = "http://attacker.example:" + canary.port() + '/';
        assertThat(get(names, loopback, url).join()).isEqualTo(204);
        assertThat(names.questions).hasValue(1);
        assertThat(connections).hasValue(1);
    }
}
