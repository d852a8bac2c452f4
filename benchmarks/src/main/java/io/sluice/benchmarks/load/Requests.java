package io.sluice.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The requests of a plan, by their numbers. */
final class Requests {
    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final String PART =
            "--"
                    + BOUNDARY
                    + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file.bin\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n";
    private static final String END = "\r\n--" + BOUNDARY + "--\r\n";
    private static final String TUS_TYPE = "Content-Type: application/offset+octet-stream\r\n";

    private final Plan plan;
    private final String fields;
    private final List<String> existing;

    Requests(Plan plan) throws IOException {
        this.plan = plan;
        this.existing =
                plan.method() == Plan.Method.DELETE
                        ? Files.readAllLines(Path.of(plan.created()))
                        : List.of();
        StringBuilder text = new StringBuilder(" HTTP/1.1\r\nHost: 127.0.0.1:" + plan.port());
        plan.fields().forEach(field -> text.append("\r\n").append(field));
        this.fields = text.append("\r\n").toString();
    }

    /** How many there are. */
    int count() {
        return plan.method() == Plan.Method.DELETE ? existing.size() : plan.requests();
    }

    /** Brings an upload's bytes, or deletes it. */
    Request request(int number) {
        long size = plan.bodySize();
        return switch (plan.method()) {
            case POST -> new Request(line("POST", plan.path()) + binary(size));
            case PUT -> new Request(line("PUT", plan.path() + number) + binary(size));
            case DELETE -> new Request(line("DELETE", existing.get(number)) + "\r\n");
            case FORM ->
                    new Request(
                            line("POST", plan.path())
                                    + "Content-Type: multipart/form-data; boundary="
                                    + BOUNDARY
                                    + "\r\n"
                                    + length(PART.length() + size + END.length())
                                    + PART,
                            END);
            case TUS_CREATION -> new Request(creation() + TUS_TYPE + length(size));
            case TUS_PATCH -> throw new IllegalArgumentException("needs an upload: see patch");
        };
    }

    /** Creates an upload that brings no bytes yet. */
    Request emptyCreation() {
        return new Request(creation() + length(0));
    }

    /** Brings the bytes of an upload that was created. */
    Request patch(Answer created) {
        return new Request(
                line("PATCH", path(created))
                        + "Upload-Offset: 0\r\n"
                        + TUS_TYPE
                        + length(plan.bodySize()));
    }

    private String creation() {
        return line("POST", plan.path()) + "Upload-Length: " + plan.bodySize() + "\r\n";
    }

    private String line(String method, String path) {
        return method + " " + path + fields;
    }

    private static String binary(long size) {
        return "Content-Type: application/octet-stream\r\n" + length(size);
    }

    private static String length(long size) {
        return "Content-Length: " + size + "\r\n\r\n";
    }

    /** The path that the upload has from now on. */
    String created(int number, Answer answer) {
        return answer.location().isEmpty() ? plan.path() + number : path(answer);
    }

    private static String path(Answer answer) {
        return URI.create(answer.location()).getRawPath();
    }
}
