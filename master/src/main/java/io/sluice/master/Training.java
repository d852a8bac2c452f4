package io.sluice.master;

import io.sluice.master.config.DataDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * A little work for the services in the run that makes their ahead-of-time caches, so that what the
 * first upload needs is among it. What it gets for an answer doesn't matter.
 */
final class Training {
    /** The JVMs write their caches at their end, which takes them seconds. */
    static final Duration LONGEST_END = Duration.ofMinutes(3);

    private static final int UPLOADS = 20;
    private static final int LONGEST_ANSWER_MILLIS = 10_000;
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private Training() {}

    static void exercise(DataDirectory data, Map<String, Object> edgePorts) {
        try {
            String key = Files.readString(data.adminKey()).strip();
            URI api = URI.create("http://127.0.0.1:" + edgePorts.get("http") + "/api/v1/uploads");
            for (int i = 0; i < UPLOADS; i++) {
                HttpURLConnection upload = open(api, key);
                upload.setDoOutput(true);
                upload.setRequestProperty("Content-Type", "image/png");
                upload.setRequestProperty("Prefer", "wait=5");
                try (OutputStream body = upload.getOutputStream()) {
                    body.write(Base64.getDecoder().decode(PIXEL));
                }
                read(upload);
                read(open(api, key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the services can't be exercised", e);
        }
    }

    private static HttpURLConnection open(URI uri, String key) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(LONGEST_ANSWER_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + key);
        return connection;
    }

    private static void read(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST) {
            try (var body = connection.getInputStream()) {
                body.transferTo(new ByteArrayOutputStream());
            }
        }
    }
}
