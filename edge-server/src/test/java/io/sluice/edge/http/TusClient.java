package io.sluice.edge.http;

import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Speaks tus 1.0.0 as its text has it; header fields are names and values by turns. */
record TusClient(Client client) {
    static final String PATH = "/api/v1/tus";

    Answer send(String method, String path, String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Tus-Resumable", "1.0.0"));
        all.addAll(List.of(headers));
        return client.send(
                method,
                path,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                all.toArray(String[]::new));
    }

    Answer create(String... headers) throws Exception {
        return send("POST", PATH, "", headers);
    }

    /** The URL of a new upload of that name. */
    String create(long length, String name) throws Exception {
        return create("Upload-Length", Long.toString(length), "Upload-Metadata", metadata(name))
                .header("Location");
    }

    static String metadata(String name) {
        return "filename "
                + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    Answer patch(String upload, long offset, String bytes, String... headers) throws Exception {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "Content-Type",
                                "application/offset+octet-stream",
                                "Upload-Offset",
                                Long.toString(offset)));
        all.addAll(List.of(headers));
        return send("PATCH", upload, bytes, all.toArray(String[]::new));
    }

    Answer head(String upload) throws Exception {
        return send("HEAD", upload, "");
    }

    long offset(String upload) throws Exception {
        return Long.parseLong(head(upload).header("Upload-Offset"));
    }

    /** The upload as the rest of the API shows it, once it has ended. */
    Answer ended(String upload) throws Exception {
        return client.get(upload.replace("/tus/", "/uploads/"), "Prefer", "wait=20");
    }

    Answer content(String upload) throws Exception {
        return client.get(upload.replace("/tus/", "/uploads/") + "/content");
    }

    /** Leaves the server without unfinished uploads: other tests look into its spool. */
    void dropUnfinished() throws Exception {
        Answer unfinished = client.get("/api/v1/uploads?state=receiving&limit=200");
        for (JsonNode upload : unfinished.json().path("uploads")) {
            client.delete("/api/v1/uploads/" + upload.path("id").asString());
        }
    }
}
