package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A client of the HTTP API. */
final class Api implements AutoCloseable {
    static final String UPLOADS = "/api/v1/uploads";
    private static final Set<String> ENDS =
            Set.of("ready", "rejected", "quarantined", "unscannable", "failed", "deleted");
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final URI base;
    private final String key;

    Api(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    String key() {
        return key;
    }

    /** A request with the key; the headers are names and values by turns. */
    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(REQUEST_PATIENCE)
                        .header("Authorization", "Bearer " + key);
        return headers.length == 0 ? request : request.headers(headers);
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    Answer head(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).HEAD());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    /** Uploads a raw body. */
    Answer post(BodyPublisher body, String type, String... headers)
            throws IOException, InterruptedException {
        return post(UPLOADS, body, type, headers);
    }

    /** Uploads a raw body to a path with a query. */
    Answer post(String path, BodyPublisher body, String type, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).header("Content-Type", type).POST(body));
    }

    Answer post(byte[] body, String type, String... headers)
            throws IOException, InterruptedException {
        return post(BodyPublishers.ofByteArray(body), type, headers);
    }

    /** Uploads, and gives the id of what was acknowledged. */
    String upload(byte[] body, String type) throws IOException, InterruptedException {
        return upload("default", body, type);
    }

    /** Uploads under a profile, and gives the id of what was acknowledged. */
    String upload(String profile, byte[] body, String type)
            throws IOException, InterruptedException {
        String path = UPLOADS + "?profile=" + profile;
        return id(post(path, BodyPublishers.ofByteArray(body), type).isStatus(202));
    }

    /** Uploads, and gives the id once it has become ready. */
    String ready(byte[] body, String type) throws IOException, InterruptedException {
        String id = upload(body, type);
        JsonNode end = end(id);
        assertThat(end.path("state").asString()).as(end.toString()).isEqualTo("ready");
        return id;
    }

    static String id(Answer acknowledged) {
        return acknowledged.json().get("id").asString();
    }

    /** The upload as it is now. */
    JsonNode find(String id) throws IOException, InterruptedException {
        return get(UPLOADS + "/" + id).isStatus(200).json();
    }

    /** The upload when it has reached an end state; the server holds the answer back until then. */
    JsonNode end(String id) {
        AtomicReference<JsonNode> last = new AtomicReference<>(MissingNode.getInstance());
        await().atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(IOException.class::isInstance)
                .alias("upload " + id + " ends")
                .until(() -> {
                    Answer now = get(UPLOADS + "/" + id, "Prefer", "wait=10");
                    if (now.status() == 503) {
                        return false;
                    }
                    last.set(now.isStatus(200).json());
                    return ENDS.contains(state(last.get()));
                });
        return last.get();
    }

    static String state(JsonNode upload) {
        return upload.path("state").asString();
    }

    Answer content(String id, String... headers) throws IOException, InterruptedException {
        return get(UPLOADS + "/" + id + "/content", headers);
    }

    Answer rendition(String id, String name, String... headers)
            throws IOException, InterruptedException {
        return get(UPLOADS + "/" + id + "/renditions/" + name, headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
