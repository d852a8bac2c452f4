package io.sluice.edge.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A well-behaved client of one edge with one key. */
final class Client {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String key;

    Client(int port, String key) {
        this.base = "http://127.0.0.1:" + port;
        this.key = key;
    }

    /** An answer whose body is read. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        byte[] body() {
            return response.body();
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body());
        }

        /** The code of the problem that was answered. */
        String code() {
            return json().path("code").asString("");
        }

        String id() {
            return json().path("id").asString("");
        }
    }

    Client as(String otherKey) {
        return new Client(URI.create(base).getPort(), otherKey);
    }

    Answer post(BodyPublisher body, String... headers) throws Exception {
        return send("POST", "/api/v1/uploads", body, headers);
    }

    Answer post(String body, String... headers) throws Exception {
        return post(BodyPublishers.ofString(body), headers);
    }

    /** Uploads a text file of that name and waits until its processing has ended. */
    Answer upload(String name, String body) throws Exception {
        return post(
                body,
                "Content-Disposition",
                "attachment; filename=\"" + name + "\"",
                "Prefer",
                name.startsWith("hold") ? "wait=0" : "wait=20");
    }

    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer head(String path, String... headers) throws Exception {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    Answer delete(String path) throws Exception {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, body);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    }
}
