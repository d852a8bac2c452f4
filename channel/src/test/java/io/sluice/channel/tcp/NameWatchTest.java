package io.sluice.channel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.channel.HostPort;
import io.sluice.channel.contract.Waiting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The names of processors, of which a name server tells more or less from one moment to the next.
 */
@Timeout(60)
class NameWatchTest {
    private final Map<String, List<String>> server = new ConcurrentHashMap<>();
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final NameWatch watch =
            new NameWatch(
                    List.of(new HostPort("pool.test", 9000), new HostPort("one.test", 9001)),
                    Duration.ofMillis(5),
                    (present, fresh) -> heard.add(new Heard(present, fresh)),
                    this::resolve);

    private record Heard(Set<String> present, Set<String> fresh) {}

    private InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> addresses = server.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        return Stream.of(addresses)
                .flatMap(List::stream)
                .map(InetAddress::ofLiteral)
                .toArray(InetAddress[]::new);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void hears(Heard expected) {
        Waiting.until(() -> expected.equals(Waiting.next(heard)));
    }

    @Test
    void areOneProcessorForEachAddress() {
        server.put("pool.test", List.of("10.0.0.1", "fd00::1"));
        server.put("one.test", List.of("10.0.0.9"));
        watch.start();
        Set<String> all = Set.of("10.0.0.1:9000", "[fd00:0:0:0:0:0:0:1]:9000", "10.0.0.9:9001");
        hears(new Heard(all, all));
        assertThat(all).allMatch(address -> TcpSockets.parse(address).getPort() >= 9000);
    }

    @Test
    void areAskedForAgain() {
        server.put("pool.test", List.of("10.0.0.1"));
        watch.start();
        hears(new Heard(Set.of("10.0.0.1:9000"), Set.of("10.0.0.1:9000")));
        server.put("pool.test", List.of("10.0.0.2"));
        hears(new Heard(Set.of("10.0.0.2:9000"), Set.of("10.0.0.2:9000")));
        hears(new Heard(Set.of("10.0.0.2:9000"), Set.of()));
    }

    @Test
    void stayWhereTheyWereWhenTheServerDoesNotAnswer() {
        server.put("pool.test", List.of("10.0.0.1"));
        watch.start();
        hears(new Heard(Set.of("10.0.0.1:9000"), Set.of("10.0.0.1:9000")));
        server.clear();
        server.put("one.test", List.of("10.0.0.9"));
        hears(new Heard(Set.of("10.0.0.1:9000", "10.0.0.9:9001"), Set.of("10.0.0.9:9001")));
    }
}
