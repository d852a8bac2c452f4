package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.http.Client.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates so low that nothing comes back while a test runs. */
class LimitTest {
    private static final String LIST = "/api/v1/uploads";

    @TempDir static Path directory;
    private static EdgeServer edge;
    private static Accounts accounts;

    @BeforeAll
    static void start() {
        edge =
                EdgeServer.start(
                        directory,
                        "sluice.edge.rate.key.per-second=0.001",
                        "sluice.edge.rate.key.burst=20",
                        "sluice.edge.rate.address.per-second=0.001",
                        "sluice.edge.rate.address.burst=40",
                        "sluice.edge.rate.failures.per-second=0.001",
                        "sluice.edge.rate.failures.burst=3",
                        "sluice.edge.limits.uploads-per-key=1",
                        "sluice.edge.limits.uploads-per-address=2",
                        "sluice.edge.trusted-proxies=127.0.0.0/8");
        accounts = new Accounts(edge.client());
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static double refused(String code) {
        return edge.bean(MeterRegistry.class)
                .get("sluice.edge.requests.refused")
                .tag("code", code)
                .counter()
                .count();
    }

    private static Answer list(Client client, String address) throws Exception {
        return client.get(LIST, "X-Forwarded-For", address);
    }

    @Nested
    class Requests {
        @Test
        void ofOneKeyAreLimitedWhateverTheirAddress() throws Exception {
            Client busy = accounts.of("busy", "[\"read\"]");
            Client calm = accounts.of("calm", "[\"read\"]");
            for (int i = 0; i < 20; i++) {
                assertThat(list(busy, "192.0.2." + i).status()).isEqualTo(200);
            }
            double before = refused("rate-limited");
            Answer refused = list(busy, "192.0.2.200");
            assertThat(refused("rate-limited")).isEqualTo(before + 1);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("rate-limited");
            assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
            assertThat(list(calm, "192.0.2.200").status()).isEqualTo(200);
        }

        @Test
        void ofOneAddressAreLimitedWhateverTheirKey() throws Exception {
            for (int client = 0; client < 4; client++) {
                Client each = accounts.of("many", "[\"read\"]");
                for (int i = 0; i < 10; i++) {
                    assertThat(list(each, "198.51.100.1").status()).isEqualTo(200);
                }
            }
            Client last = accounts.of("many", "[\"read\"]");
            assertThat(list(last, "198.51.100.1").status()).isEqualTo(429);
            assertThat(list(last, "198.51.100.2").status()).isEqualTo(200);
        }

        @Test
        void withoutAValidKeyAreLimitedButNotThoseWithOne() throws Exception {
            Client guesser = edge.client().as("sluice_guess");
            Client known = accounts.of("known", "[\"read\"]");
            for (int i = 0; i < 3; i++) {
                assertThat(list(guesser, "203.0.113.9").status()).isEqualTo(401);
            }
            assertThat(list(guesser, "203.0.113.9").status()).isEqualTo(429);
            assertThat(list(known, "203.0.113.9").status()).isEqualTo(200);
        }
    }

    @Nested
    class Uploads {
        private RawClient begin(String key, String address) throws Exception {
            RawClient client = edge.connect();
            client.send(
                    """
                    POST /api/v1/uploads HTTP/1.1\r
                    Host: a\r
                    Authorization: Bearer %s\r
                    X-Forwarded-For: %s\r
                    Content-Length: 1\r
                    Expect: 100-continue\r
                    \r
                    """
                            .formatted(key, address));
            return client;
        }

        private String key() throws Exception {
            return accounts.post(Accounts.KEYS, "{\"name\":\"u\",\"scopes\":[\"upload\"]}")
                    .json()
                    .path("key")
                    .asString();
        }

        @Test
        void atTheSameTimeAreLimitedForEachKey() throws Exception {
            String key = key();
            try (RawClient first = begin(key, "192.0.2.51")) {
                first.readUntil("100 Continue\r\n\r\n");
                double before = refused("too-many-uploads");
                try (RawClient second = begin(key, "192.0.2.52")) {
                    assertThat(second.readAnswer())
                            .startsWith("HTTP/1.1 429")
                            .contains("too-many-uploads")
                            .containsIgnoringCase("Retry-After: 1");
                }
                assertThat(refused("too-many-uploads")).isEqualTo(before + 1);
                assertThat(first.send("x").readAnswer()).startsWith("HTTP/1.1 202");
            }
            Client client = edge.client().as(key);
            for (int i = 0; i < 5; i++) {
                assertThat(client.post("x", "X-Forwarded-For", "192.0.2.53").status())
                        .isEqualTo(202);
            }
        }

        @Test
        void thatAreRefusedTakeNoPlace() throws Exception {
            Client client = edge.client().as(key());
            String from = "192.0.2.71";
            for (String type :
                    new String[] {
                        "multipart/form-data", "multipart/form-data; boundary=" + "b".repeat(71)
                    }) {
                assertThat(client.post("x", "Content-Type", type, "X-Forwarded-For", from).status())
                        .isEqualTo(400);
            }
            assertThat(client.post("x", "X-Forwarded-For", from).status()).isEqualTo(202);
        }

        @Test
        void atTheSameTimeAreLimitedForEachAddress() throws Exception {
            try (RawClient first = begin(key(), "192.0.2.61");
                    RawClient second = begin(key(), "192.0.2.61")) {
                first.readUntil("100 Continue\r\n\r\n");
                second.readUntil("100 Continue\r\n\r\n");
                String third = key();
                try (RawClient refused = begin(third, "192.0.2.61")) {
                    assertThat(refused.readAnswer()).contains("uploads-per-address");
                }
                first.reset();
                Client client = edge.client().as(third);
                Awaitility.await()
                        .until(() ->
                                client.post("x", "X-Forwarded-For", "192.0.2.61").status() == 202);
            }
        }
    }

    @Test
    void connectionsOfOneAddressAreLimited(@TempDir Path other) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (EdgeServer small =
                EdgeServer.start(other, "sluice.edge.limits.connections-per-address=2")) {
            for (int i = 0; i < 2; i++) {
                RawClient client = small.connect();
                clients.add(client);
                client.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer()).startsWith("HTTP/1.1 200");
            }
            try (RawClient third = small.connect()) {
                assertThat(third.readOne()).isEqualTo(-1);
            }
            assertThat(
                            small.bean(MeterRegistry.class)
                                    .get("sluice.edge.connections.ended")
                                    .tag("reason", "too_many_of_address")
                                    .counter()
                                    .count())
                    .isEqualTo(1);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
