package io.sluice.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream of all events, read one by one. */
final class EventStream implements AutoCloseable {
    private final HttpClient client;
    private final BufferedReader lines;

    /** One event. */
    record Event(long id, JsonNode json) {
        String type() {
            return json.path("type").asString();
        }

        String subject() {
            return json.path("subject").asString();
        }
    }

    private EventStream(HttpClient client, InputStream body) {
        this.client = client;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Opens the stream, behind an event if one is given; it is open when this returns. */
    static EventStream open(Api api, @Nullable Long lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                api.request("/api/v1/events", "Accept", "text/event-stream").GET();
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId.toString());
        }
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new EventStream(
                client, client.send(request.build(), BodyHandlers.ofInputStream()).body());
    }

    Event next() throws IOException {
        long id = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("data: ")) {
                return new Event(id, JsonMapper.shared().readTree(line.substring(6)));
            }
        }
        throw new IOException("the stream ended");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
