package io.sluice.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that webhooks are sent to. */
final class HookServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Hook> received = new LinkedBlockingQueue<>();
    private final AtomicBoolean isHeld = new AtomicBoolean();

    /** A message as it came. */
    record Hook(String id, JsonNode json) {
        String subject() {
            return json.path("subject").asString();
        }
    }

    HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        JsonNode json = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        boolean isAnswered = !isHeld.getAndSet(false);
        received.add(new Hook(id, json));
        if (isAnswered) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }
    }

    /** The next message is read, but never answered. */
    void holdNext() {
        isHeld.set(true);
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    int port() {
        return server.getAddress().getPort();
    }

    Hook next() throws InterruptedException {
        Hook hook = received.poll(Sluice.PATIENCE.toSeconds(), TimeUnit.SECONDS);
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
