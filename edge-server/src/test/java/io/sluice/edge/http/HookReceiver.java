package io.sluice.edge.http;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that webhooks are sent to: it answers what it is told to, then 204. */
final class HookReceiver implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Hook> received = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    /** A message as it came. */
    record Hook(Map<String, List<String>> headers, String body) {
        String id() {
            return header("Webhook-id");
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        String type() {
            return json().path("type").asString("");
        }

        /** By the reference implementation of Standard Webhooks. */
        void verify(String secret) throws WebhookVerificationException, Exception {
            new Webhook(secret).verify(body, HttpHeaders.of(headers, (_, _) -> true));
        }
    }

    HookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Integer answer = answers.poll();
        received.add(new Hook(Map.copyOf(exchange.getRequestHeaders()), body));
        int status = answer == null ? 204 : answer;
        if (status >= 300 && status < 400) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        if (status != SILENCE) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    /** Instead of a status: never answers. */
    static final int SILENCE = 0;

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** What it answers next, one after another. */
    void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    /** The next message. */
    Hook next() throws InterruptedException {
        Hook hook = received.poll(60, TimeUnit.SECONDS);
        if (hook == null) {
            throw new AssertionError("no webhook came");
        }
        return hook;
    }

    int unread() {
        return received.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
