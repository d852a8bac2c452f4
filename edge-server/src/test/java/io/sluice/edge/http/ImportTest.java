package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.edge.http.Client.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    @TempDir Path directory;
    private HttpServer server;
    private EdgeServer edge;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        edge =
                EdgeServer.start(
                        directory,
                        "sluice.upload.max-size=1MiB",
                        "sluice.import.allowed-networks=127.0.0.1",
                        "sluice.import.allowed-ports=");
    }

    @AfterEach
    void stop() {
        edge.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/file.txt" -> send(exchange, "hello".getBytes(StandardCharsets.UTF_8));
                case "/once" -> redirect(exchange, "file.txt");
                case "/ever" -> redirect(exchange, "/ever");
                case "/inside" -> redirect(exchange, "http://169.254.169.254/latest/meta-data");
                case "/large" -> send(exchange, new byte[(1 << 20) + 1]);
                case "/endless" -> endless(exchange);
                case "/cut" -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    throw new IOException("cut on purpose");
                }
                case "/document" ->
                        send(
                                exchange,
                                ("%PDF-1.7" + " ".repeat(5000)).getBytes(StandardCharsets.UTF_8));
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    /** Sends until the other side has had enough. */
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (true) {
            exchange.getResponseBody().write(new byte[8192]);
        }
    }

    private Answer fetch(String path) throws Exception {
        return post(
                "{\"url\":\"http://127.0.0.1:%d%s\"}"
                        .formatted(server.getAddress().getPort(), path));
    }

    private Answer post(String json, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return edge.client().send("POST", "/api/v1/imports", BodyPublishers.ofString(json), all);
    }

    @Test
    void aFileIsFetchedAndAcknowledgedOnceItIsDurable() throws Exception {
        Answer answer = fetch("/file.txt");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("filename").asString()).isEqualTo("file.txt");
        assertThat(answer.json().path("size").asLong()).isEqualTo(5);
        String self = answer.header("Location");
        edge.client().get(self, "Prefer", "wait=20");
        assertThat(edge.client().get(self + "/content").text()).isEqualTo("hello");
    }

    @Test
    void whatTheClientSaysOfTheFileIsKept() throws Exception {
        String json =
                "{\"url\":\"http://127.0.0.1:%d/file.txt\",\"filename\":\"a/b.txt\",\"metadata\":{\"a\":1}}"
                        .formatted(server.getAddress().getPort());
        Answer answer = post(json, "Prefer", "wait=20", "Idempotency-Key", "k");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("filename").asString()).isEqualTo("b.txt");
        assertThat(answer.json().at("/metadata/a").asInt()).isEqualTo(1);
        Answer again = post(json, "Idempotency-Key", "k");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.id()).isEqualTo(answer.id());
    }

    @Test
    void redirectsAreFollowedButEachIsJudged() throws Exception {
        assertThat(fetch("/once").status()).isEqualTo(202);
        Answer inside = fetch("/inside");
        assertThat(inside.code()).isEqualTo("target-not-allowed");
        requests.set(0);
        Answer ever = fetch("/ever");
        assertThat(ever.code()).isEqualTo("fetch-failed");
        assertThat(requests).hasValue(6);
    }

    @Test
    void whatIsTooLargeOrCutOrMissingLeavesNothingBehind() throws Exception {
        assertThat(fetch("/large").code()).isEqualTo("too-large");
        assertThat(fetch("/endless").code()).isEqualTo("too-large");
        assertThat(fetch("/cut").code()).isEqualTo("fetch-failed");
        assertThat(fetch("/missing").code()).isEqualTo("fetch-failed");
        assertThat(fetch("/document").code()).isEqualTo("type-not-allowed");
        edge.awaitEmptySpool();
        assertThat(edge.client().get("/api/v1/uploads").json().path("uploads").size()).isZero();
    }

    @Test
    void whatIsNotAllowedIsNotAskedFor() throws Exception {
        String port = Integer.toString(server.getAddress().getPort());
        for (String host : new String[] {"127.0.0.2", "[::1]", "localhost.example.invalid"}) {
            assertThat(post("{\"url\":\"http://" + host + ":" + port + "/\"}").status())
                    .isEqualTo(422);
        }
        assertThat(post("{\"url\":\"file:///etc/passwd\"}").code()).isEqualTo("target-not-allowed");
        assertThat(post("{}").code()).isEqualTo("malformed");
        assertThat(requests).hasValue(0);
    }
}
