package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileClientTest {
    private static final int CONNECTIONS = 20;

    @TempDir private static Path data;
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge =
                EdgeServer.start(
                        data,
                        "sluice.edge.limits.connections=" + CONNECTIONS,
                        "sluice.edge.timeouts.header=600ms",
                        "sluice.edge.timeouts.idle=600ms",
                        "sluice.edge.timeouts.stall=600ms",
                        "sluice.edge.timeouts.linger=300ms");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static String head(String method, String path, String... fields) {
        return "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
                .formatted(
                        method,
                        path,
                        edge.adminKey(),
                        fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n");
    }

    private static String upload(String... fields) {
        return head("POST", "/api/v1/uploads", fields);
    }

    @Nested
    class AMalformedRequest {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                    "GET /livez HTTP/1.1\nHost: x\n\n",
                    "GET /livez HTTP/1.1\r\n\r\n",
                    "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                    "GET /{id} HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /livez HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n",
                    "GET /livez HTTP/1.1\r\nNo colon\r\n\r\n",
                    "\u0016\u0003\u0001 no HTTP\r\n\r\n"
                })
        void isRefusedAndItsConnectionEnded(String request) throws Exception {
            try (RawClient raw = edge.connect()) {
                String answer =
                        raw.send(request + "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").readAll();
                assertThat(answer).startsWith("HTTP/1.1 400 ").contains("/problems/malformed");
                assertThat(answer.split("HTTP/1\\.1 ", -1)).as("one answer").hasSize(2);
            }
        }

        @Test
        void mayHaveTooLargeAHeader() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send("GET /livez HTTP/1.1\r\nHost: x\r\nX: ");
                assertThatCode(() -> raw.send("x".repeat(1 << 20))).isNull();
                assertThat(raw.readAll()).startsWith("HTTP/1.1 431 ");
            }
        }

        @Test
        void mayHaveTooLongATarget() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(raw.readAll()).startsWith("HTTP/1.1 414 ");
            }
        }

        @Test
        void isAnsweredBehindAnEarlierOne() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n");
                assertThat(raw.readAnswer()).matches("(?s)HTTP/1\\.1 (200|503) [^\0]*");
                assertThat(raw.readAll()).startsWith("HTTP/1.1 400 ");
            }
        }

        @Test
        void mayHaveAnotherCodingThanChunked() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(upload("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n");
                assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            }
        }

        @Test
        void mayTurnBadInTheMiddleOfItsBody() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(upload("Transfer-Encoding: chunked") + "5\r\nhello\r\nnonsense\r\n");
                assertThat(raw.readAll()).doesNotContain("202");
            }
            edge.awaitEmptySpool();
        }
    }

    @Nested
    class ASlowClient {
        @Test
        void mayNotTakeForeverForAHeader() throws Exception {
            try (RawClient silent = edge.connect();
                    RawClient dripping = edge.connect()) {
                dripping.send("GET /livez HTTP/1.1\r\n");
                assertThat(silent.readOne()).isEqualTo(-1);
                assertThat(dripping.readAll()).isEmpty();
            }
        }

        @Test
        void mayNotStayWithoutAskingAgain() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(raw.readAll()).startsWith("HTTP/1.1 200 ");
            }
        }

        @Test
        void mayNotTakeForeverForABody() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(upload("Content-Length: 1000000") + "a few bytes");
                assertThat(raw.readAll()).isEmpty();
            }
            edge.awaitEmptySpool();
        }

        @Test
        void mayBeAsSlowAsTheLowestRate() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(upload("Content-Length: 10240", "Connection: close"));
                for (int i = 0; i < 10; i++) {
                    raw.send("x".repeat(1024));
                    // The pace is the point: nothing to wait for but time.
                    Awaitility.await()
                            .pollDelay(Duration.ofMillis(150))
                            .atMost(Duration.ofSeconds(5))
                            .until(() -> true);
                }
                assertThat(raw.readAll()).startsWith("HTTP/1.1 202 ");
            }
        }

        @Test
        void mayNotStopReading() throws Exception {
            Client client = edge.client();
            String body = "x".repeat(30_000_000);
            String path = client.upload("clean", body).header("Location") + "/content";
            try (RawClient raw = edge.connect()) {
                raw.send(head("GET", path));
                raw.readUntil("\r\n\r\n");
                var ended =
                        edge.bean(io.micrometer.core.instrument.MeterRegistry.class)
                                .get("sluice.edge.connections.ended")
                                .tag("reason", "slow_reader")
                                .counter();
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ended.count() >= 1);
            }
        }
    }

    @Nested
    class TooManyConnections {
        @Test
        void areEndedAtOnce() throws Exception {
            List<RawClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i <= CONNECTIONS; i++) {
                    clients.add(edge.connect());
                }
                assertThat(clients.getLast().readOne()).isEqualTo(-1);
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> edge.client().get("/livez").status() == 200);
        }
    }

    @Nested
    class AQuickClient {
        @Test
        void isAlwaysSeenWhenItAsksAgainAtOnce() throws Exception {
            String wrong = "PUT /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
            String right = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
            String refused =
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
            try (RawClient raw = edge.connect()) {
                for (int i = 0; i < 300; i++) {
                    for (String request : List.of(refused, right, wrong)) {
                        raw.send(request);
                        raw.readAnswer();
                    }
                }
            }
        }

        @Test
        void mayAskSeveralTimesAhead() throws Exception {
            String refused =
                    "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx";
            String right = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
            for (int i = 0; i < 50; i++) {
                try (RawClient raw = edge.connect()) {
                    raw.send((refused + right).repeat(3));
                    for (int answer = 0; answer < 3; answer++) {
                        assertThat(raw.readAnswer()).startsWith("HTTP/1.1 401 ");
                        assertThat(raw.readAnswer()).startsWith("HTTP/1.1 200 ");
                    }
                }
            }
        }
    }

    @Nested
    class ARefusedClient {
        @Test
        void readsWhyBeforeTheConnectionEnds() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(
                        "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n");
                assertThatCode(() -> raw.send(new byte[1_000_000])).isNull();
                assertThat(raw.readUntil("\r\n\r\n"))
                        .startsWith("HTTP/1.1 401 ")
                        .contains("connection: close");
            }
        }

        @Test
        void mayGoOnWhenItsBodyWasSmall() throws Exception {
            try (RawClient raw = edge.connect()) {
                String post =
                        "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
                raw.send(post);
                raw.readUntil("requestId");
                raw.send("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(raw.readAll()).contains("HTTP/1.1 200 ");
            }
        }

        @Test
        void isToldWhenToComeBackToAFullDisk(@TempDir Path other) throws Exception {
            try (EdgeServer full = EdgeServer.start(other, "sluice.disk.min-free=900TiB")) {
                Client.Answer answer = full.client().post("x");
                assertThat(answer.status()).isEqualTo(507);
                assertThat(answer.code()).isEqualTo("no-disk-room");
                assertThat(full.client().as("").get("/readyz").status()).isEqualTo(503);
                assertThat(full.client().as("").get("/readyz").header("Retry-After")).isNotEmpty();
            }
        }

        @Test
        void isToldWhenToComeBackToABusyEdge(@TempDir Path other) throws Exception {
            try (EdgeServer busy = EdgeServer.start(other, "sluice.upload.max-concurrent=1");
                    RawClient first = busy.connect()) {
                first.send(
                        "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
                                .formatted(busy.adminKey()));
                assertThat(first.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
                Client.Answer answer = busy.client().post("x");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.code()).isEqualTo("busy");
                assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
                first.send("abc");
                assertThat(first.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 202 ");
            }
        }
    }
}
