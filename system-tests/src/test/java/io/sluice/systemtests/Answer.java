package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response. */
final class Answer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    /** The one field of that name; that it is there, once, is asserted. */
    String header(String name) {
        assertThat(headers.allValues(name)).as(name + " of " + this).hasSize(1);
        return headers.firstValue(name).orElseThrow();
    }

    Optional<String> findHeader(String name) {
        return headers.firstValue(name);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Asserts that this is the problem with that status and code, complete as RFC 9457 has it. */
    Answer isProblem(int expectedStatus, String code) {
        assertThat(status).as(toString()).isEqualTo(expectedStatus);
        assertThat(header("content-type")).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("type").asString()).startsWith("http").endsWith("/" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(expectedStatus);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("requestId").asString()).isEqualTo(header("x-request-id"));
        if (expectedStatus == 503 || expectedStatus == 429) {
            assertThat(header("retry-after")).matches("[1-9]\\d*");
        }
        return this;
    }

    /** Asserts the status. */
    Answer isStatus(int expected) {
        assertThat(status).as(toString()).isEqualTo(expected);
        return this;
    }

    @Override
    public String toString() {
        String start = text().substring(0, Math.min(text().length(), 2000));
        return status + " " + headers.map() + "\n" + start;
    }
}
