package io.sluice.systemtests;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;

/** Requests of tus 1.0.0. */
final class TusRequests {
    static final String PATH = "/api/v1/tus";
    private static final String VERSION = "Tus-Resumable";

    private TusRequests() {}

    /** Creates an upload; the field tells its length, or that it comes later. */
    static Answer create(Api api, String field, String value)
            throws IOException, InterruptedException {
        return api.send(
                api.request(
                                PATH,
                                VERSION,
                                "1.0.0",
                                field,
                                value,
                                "Upload-Metadata",
                                "filename bGFyZ2UudHh0")
                        .POST(BodyPublishers.noBody()));
    }

    static Answer head(Api api, String upload) throws IOException, InterruptedException {
        return api.head(upload, VERSION, "1.0.0");
    }

    static Answer patch(Api api, String upload, long offset, byte[] bytes, String... more)
            throws IOException, InterruptedException {
        return api.send(
                api.request(upload, more)
                        .header(VERSION, "1.0.0")
                        .header("Upload-Offset", Long.toString(offset))
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    /** The head of a PATCH, for who sends its bytes by hand. */
    static String[] patchHead(Api api, String upload, long offset, long length) {
        return new String[] {
            "PATCH " + upload + " HTTP/1.1",
            "Authorization: Bearer " + api.key(),
            "Tus-Resumable: 1.0.0",
            "Upload-Offset: " + offset,
            "Content-Type: application/offset+octet-stream",
            "Content-Length: " + length
        };
    }
}
