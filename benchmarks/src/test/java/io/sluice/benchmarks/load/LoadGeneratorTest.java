package io.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the JDK's server. */
class LoadGeneratorTest {
    private static final int SMALL = 16 << 10;
    private static final int LARGE = 3 << 20;

    private final Map<String, byte[]> received = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    @TempDir Path directory;

    LoadGeneratorTest() throws IOException {}

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                String made = path + "/" + number.getAndIncrement();
                received.put(made, body);
                exchange.getResponseHeaders().set("Location", made);
                exchange.sendResponseHeaders(202, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
            case "PUT" -> {
                received.put(path, body);
                exchange.sendResponseHeaders(201, 1);
                exchange.getResponseBody().write('x');
            }
            case "PATCH" -> {
                received.put(path, body);
                exchange.sendResponseHeaders(204, -1);
            }
            case "DELETE" ->
                    exchange.sendResponseHeaders(received.remove(path) == null ? 404 : 204, -1);
            default -> exchange.sendResponseHeaders(405, -1);
        }
        exchange.close();
    }

    private Plan plan(Plan.Method method, String path, int size, int connections, int requests)
            throws IOException {
        Path content = directory.resolve("content");
        byte[] bytes = new byte[4 << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        Files.write(content, bytes);
        return new Plan(
                server.getAddress().getPort(),
                List.of("Authorization: Bearer key"),
                method,
                path,
                content.toString(),
                size,
                connections,
                requests,
                60,
                directory.resolve("created").toString());
    }

    @Test
    void sendsSmallBodiesWholeFromManyConnections() throws Exception {
        Result result = LoadGenerator.run(plan(Plan.Method.POST, "/uploads", SMALL, 8, 300));
        assertThat(result.failed()).as(result.firstFailure()).isZero();
        assertThat(result.requests()).isEqualTo(300);
        assertThat(result.bytes()).isEqualTo(300L * SMALL);
        assertThat(result.p50()).isPositive().isLessThanOrEqualTo(result.p99());
        assertThat(received).hasSize(300).allSatisfy((_, body) -> assertThat(body).hasSize(SMALL));
    }

    @Test
    void sendsALargeBodyByteForByte() throws Exception {
        LoadGenerator.run(plan(Plan.Method.PUT, "/put/", LARGE, 1, 1));
        byte[] content = Files.readAllBytes(directory.resolve("content"));
        assertThat(received.get("/put/0")).hasSize(LARGE);
        assertThat(content).startsWith(received.get("/put/0"));
    }

    @Test
    void wrapsBodiesInForms() throws Exception {
        for (int size : List.of(SMALL, LARGE)) {
            LoadGenerator.run(plan(Plan.Method.FORM, "/forms", size, 1, 1));
        }
        byte[] content = Files.readAllBytes(directory.resolve("content"));
        assertThat(received)
                .hasSize(2)
                .allSatisfy((_, body) -> {
                    String form = new String(body, StandardCharsets.ISO_8859_1);
                    String boundary = form.substring(0, form.indexOf("\r\n"));
                    assertThat(form)
                            .contains("name=\"file\"; filename=\"file.bin\"\r\n")
                            .endsWith("\r\n" + boundary + "--\r\n");
                    int start = form.indexOf("\r\n\r\n") + 4;
                    int end = form.length() - boundary.length() - 6;
                    assertThat(content).startsWith(Arrays.copyOfRange(body, start, end));
                });
    }

    @Test
    void createsAnUploadBeforeItPatchesIt() throws Exception {
        Result result = LoadGenerator.run(plan(Plan.Method.TUS_PATCH, "/tus", LARGE, 1, 1));
        assertThat(result.failed()).as(result.firstFailure()).isZero();
        assertThat(received.get("/tus/0")).hasSize(LARGE);
        assertThat(Files.readAllLines(directory.resolve("created"))).containsExactly("/tus/0");
    }

    @Test
    void sendsTheBytesWithTheCreation() throws Exception {
        Result result = LoadGenerator.run(plan(Plan.Method.TUS_CREATION, "/tus", SMALL, 4, 20));
        assertThat(result.failed()).as(result.firstFailure()).isZero();
        assertThat(received).hasSize(20).allSatisfy((_, body) -> assertThat(body).hasSize(SMALL));
    }

    @Test
    void deletesWhatItHasMade() throws Exception {
        LoadGenerator.run(plan(Plan.Method.POST, "/uploads", SMALL, 4, 20));
        Result deleted = LoadGenerator.run(plan(Plan.Method.DELETE, "", 0, 4, 0));
        assertThat(deleted.requests()).isEqualTo(20);
        assertThat(received).isEmpty();
    }

    @Test
    void countsRefusalsAsFailures() throws Exception {
        Files.writeString(directory.resolve("created"), "/nothing\n");
        Result result = LoadGenerator.run(plan(Plan.Method.DELETE, "", 0, 1, 0));
        assertThat(result.failed()).isOne();
        assertThat(result.firstFailure()).contains("404");
    }
}
