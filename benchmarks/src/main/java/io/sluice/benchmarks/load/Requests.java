package io.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The head of each request of a plan, by its number. */
final class Requests {
    private final Plan plan;
    private final String fields;
    private final List<String> existing;

    Requests(Plan plan) throws IOException {
        this.plan = plan;
        this.existing =
                plan.method() == Plan.Method.DELETE
                        ? Files.readAllLines(Path.of(plan.created()))
                        : List.of();
        this.fields =
                " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + plan.port()
                        + "\r\n"
                        + (plan.authorization().isEmpty()
                                ? ""
                                : "Authorization: " + plan.authorization() + "\r\n")
                        + (plan.bodySize() == 0
                                ? ""
                                : "Content-Type: application/octet-stream\r\nContent-Length: "
                                        + plan.bodySize()
                                        + "\r\n")
                        + "\r\n";
    }

    /** How many there are. */
    int count() {
        return plan.method() == Plan.Method.DELETE ? existing.size() : plan.requests();
    }

    /** Where a request goes. */
    String path(int number) {
        return switch (plan.method()) {
            case POST -> plan.path();
            case PUT -> plan.path() + number;
            case DELETE -> existing.get(number);
        };
    }

    ByteBuffer head(int number) {
        String head = plan.method() + " " + path(number) + fields;
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** The path that the upload has from now on. */
    String created(int number, Answer answer) {
        return answer.location().isEmpty() ? path(number) : answer.location();
    }
}
