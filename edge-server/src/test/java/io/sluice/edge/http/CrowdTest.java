package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.http.Client.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once, most of them slow on purpose. */
class CrowdTest {
    private static final int SLOW = 500;

    @TempDir private static Path data;
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge =
                EdgeServer.start(
                        data,
                        "sluice.edge.timeouts.header=3s",
                        "sluice.edge.timeouts.stall=3s",
                        "sluice.edge.timeouts.linger=0s");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static double ended(String reason) {
        return edge.bean(MeterRegistry.class)
                .get("sluice.edge.connections.ended")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static double uploads(String outcome) {
        return edge.bean(MeterRegistry.class)
                .get("sluice.edge.uploads")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void ofSlowClientsKeepsNobodyElseOutAndEnds() throws Exception {
        edge.client().get("/livez");
        Footprint before = Footprint.of(edge);
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                slow.add(edge.connect().send(beginning(i)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(edge.client().post("quick").status()).isEqualTo(202);
            }
            for (RawClient each : slow) {
                assertThat(each.readToEnd()).isEmpty();
            }
        } finally {
            for (RawClient each : slow) {
                each.close();
            }
        }
        assertThat(ended("slow_header") + ended("slow_body")).isEqualTo(SLOW);
        assertThat(ended("slow_body")).isGreaterThan(SLOW / 4.0);
        edge.awaitEmptySpool();
        before.awaitAgain(edge);
    }

    /** Nothing, half a head, or a head and a byte. */
    private static String beginning(int number) {
        return switch (number % 3) {
            case 0 -> "";
            case 1 -> "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nA: ";
            default ->
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 1000000\r\n\r\nx"
                            .formatted(edge.adminKey());
        };
    }

    @Test
    void withOneIdempotencyKeyMakesOneUpload() throws Exception {
        String key = UUID.randomUUID().toString();
        double accepted = uploads("accepted");
        double repeated = uploads("repeated");
        Set<String> ids = new HashSet<>();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            List<Future<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                all.add(clients.submit(() -> edge.client().post("same", "Idempotency-Key", key)));
            }
            for (Future<Answer> each : all) {
                ids.add(each.get().id());
                statuses.add(each.get().status());
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(statuses).containsOnly(200, 202).containsOnlyOnce(202);
        assertThat(uploads("accepted")).isEqualTo(accepted + 1);
        assertThat(uploads("repeated")).isEqualTo(repeated + 31);
        edge.awaitEmptySpool();
    }
}
