package io.sluice.edge.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of server-sent events as a browser does. */
final class EventReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<java.io.InputStream> response;
    private final BufferedReader lines;

    /** One event; {@code name} is empty for a usual one. */
    record Read(String id, String name, String data) {
        JsonNode json() {
            return JSON.readTree(data);
        }

        String type() {
            return json().path("type").asString("");
        }

        String subject() {
            return json().path("subject").asString("");
        }
    }

    EventReader(EdgeServer edge, String key, String path, @Nullable String lastId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        response = http.send(request.build(), BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next event; null at the end of the stream. Comments are skipped. */
    @Nullable Read next() throws IOException {
        String id = "";
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return new Read(id, name, line.substring(6));
            }
        }
        return null;
    }

    /** The next so many events. */
    List<Read> take(int count) throws IOException {
        List<Read> taken = new ArrayList<>();
        while (taken.size() < count) {
            Read next = next();
            if (next == null) {
                break;
            }
            taken.add(next);
        }
        return taken;
    }

    /** All events until the server ends the stream. */
    List<Read> rest() throws IOException {
        return take(Integer.MAX_VALUE);
    }

    /** The next line that is a comment. */
    String comment() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(":")) {
            line = lines.readLine();
        }
        return line == null ? "" : line;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
