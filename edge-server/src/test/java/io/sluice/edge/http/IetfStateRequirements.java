package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.IetfClient.Conversation;
import io.sluice.edge.http.IetfClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What section 4.1 asks of an upload's state and limits. */
final class IetfStateRequirements {
    private final EdgeServer edge;
    private final IetfClient client;

    IetfStateRequirements(EdgeServer edge) {
        this.edge = edge;
        this.client = IetfClient.of(edge);
    }

    List<Requirement> all() {
        return List.of(
                new Requirement("4", "SHOULD", "be unique", this::uploadsHaveUrlsOfTheirOwn),
                new Requirement("4.1.1", "MUST NOT", "decrease the offset", this::offsetGrows),
                new Requirement("4.1.1", "MUST", "deactivate what lost state", this::lossIsTold),
                new Requirement(
                        "4.1.1", "MUST", "ignore Upload-Offset of other values", this::offsetTypes),
                new Requirement(
                        "4.1.2",
                        "MUST",
                        "ignore Upload-Complete of other values",
                        this::completenessTypes),
                new Requirement(
                        "4.1.3", "MUST", "ignore Upload-Length of other values", this::lengthTypes),
                new Requirement(
                        "4.1.3", "MUST", "match lengths of one request", this::lengthsOfOneRequest),
                new Requirement(
                        "4.1.3", "MUST", "match lengths of requests", this::lengthsOfRequests),
                new Requirement("4.1.4", "SHOULD NOT", "change limits", this::limitsStay),
                new Requirement("4.1.4", "SHOULD NOT", "decrease max-size", this::limitsStay),
                new Requirement(
                        "4.1.4", "SHOULD NOT", "decrease the end of life", this::lifeIsProlonged),
                new Requirement("4.1.4", "MUST", "tell limits by OPTIONS", this::optionsTells),
                new Requirement(
                        "4.1.4",
                        "MUST",
                        "not be empty in OPTIONS",
                        () -> assertThat(options().field("Upload-Limit")).isNotEmpty()),
                new Requirement(
                        "4.1.4",
                        "SHOULD NOT",
                        "announce less restrictive limits",
                        this::announcedLimitsHold),
                new Requirement("4.1.4", "SHOULD", "tell limits with 413", this::tooLarge));
    }

    private void uploadsHaveUrlsOfTheirOwn() throws IOException {
        String first = client.create("a");
        client.send("DELETE", first, "");
        assertThat(client.create("a")).isNotEqualTo(first);
    }

    private void offsetGrows() throws IOException {
        try (Conversation cut =
                client.begin(
                        "POST",
                        IetfClient.PATH,
                        "x".repeat(5000),
                        "Upload-Complete: ?1",
                        "Content-Length: 100000")) {
            String upload = cut.readHead().field("Location");
            long told = Long.parseLong(cut.readProgress(1).field("Upload-Offset"));
            cut.cut();
            assertThat(client.offset(upload)).isGreaterThanOrEqualTo(told);
            assertThat(client.patch(upload, 0, false, "again").status()).isEqualTo(409);
            assertThat(client.offset(upload)).isGreaterThanOrEqualTo(told);
        }
    }

    private void lossIsTold() throws IOException {
        String upload = client.create("hello");
        Files.delete(
                edge.data()
                        .resolve("spool")
                        .resolve(upload.substring(upload.lastIndexOf('/') + 1)));
        assertThat(client.head(upload).status()).isEqualTo(404);
        assertThat(client.patch(upload, 5, true, "x").status()).isEqualTo(404);
    }

    private void offsetTypes() throws IOException {
        String upload = client.create("hello");
        for (String value : List.of("-1", "5.0", "\"5\"", "?1", "five", "5 5", "5, 5", "")) {
            Reply reply =
                    client.send(
                            "PATCH",
                            upload,
                            "x",
                            "Content-Type: application/partial-upload",
                            "Upload-Complete: ?0",
                            "Upload-Offset: " + value);
            assertThat(reply.status()).as(value).isEqualTo(400);
        }
        assertThat(client.offset(upload)).isEqualTo(5);
        assertThat(
                        client.send(
                                        "PATCH",
                                        upload,
                                        "x",
                                        "Content-Type: application/partial-upload",
                                        "Upload-Complete: ?0;why=because",
                                        "Upload-Offset: 5;a")
                                .status())
                .isEqualTo(204);
    }

    private void completenessTypes() throws IOException {
        for (String value : List.of("1", "true", "?2", "\"?1\"", "?0, ?1", "")) {
            Reply reply =
                    client.send("POST", IetfClient.PATH, "hello", "Upload-Complete: " + value);
            assertThat(reply.status()).as(value).isEqualTo(202);
            assertThat(reply.interims()).as(value).isEmpty();
            assertThat(reply.field("Upload-Complete")).as(value).isEmpty();
        }
    }

    private void lengthTypes() throws IOException {
        for (String value : List.of("-1", "5.5", "?1", "many", "5;", "5, 5")) {
            String upload = client.create("hello", "Upload-Length: " + value);
            Reply head = client.head(upload);
            assertThat(head.status()).as(value).isEqualTo(204);
            assertThat(head.field("Upload-Length")).as(value).isEmpty();
        }
    }

    private void lengthsOfOneRequest() throws IOException {
        expectInconsistent(
                client.send(
                        "POST",
                        IetfClient.PATH,
                        "hello",
                        "Upload-Complete: ?1",
                        "Upload-Length: 6"));
        String upload = client.create("hello");
        expectInconsistent(client.patch(upload, 5, true, "world", "Upload-Length: 11"));
        assertThat(client.offset(upload)).isEqualTo(5);
    }

    private void lengthsOfRequests() throws IOException {
        String upload = client.create("hello", "Upload-Length: 10");
        expectInconsistent(client.patch(upload, 5, false, "w", "Upload-Length: 11"));
        expectInconsistent(client.patch(upload, 5, true, "w"));
        assertThat(client.patch(upload, 5, true, "world", "Upload-Length: 10").status())
                .isEqualTo(202);
    }

    static void expectInconsistent(Reply reply) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.field("Upload-Complete")).isEqualTo("?0");
        assertThat(reply.json().path("type").asString())
                .isEqualTo(
                        "https://iana.org/assignments/http-problem-types#inconsistent-upload-length");
    }

    private Reply options() throws IOException {
        return client.as("").send("OPTIONS", IetfClient.PATH, "");
    }

    private static long limit(Reply reply, String key) {
        for (String member : List.of(reply.field("Upload-Limit").split(", ", -1))) {
            if (member.startsWith(key + '=')) {
                return Long.parseLong(member.substring(key.length() + 1));
            }
        }
        throw new AssertionError("no " + key + " in " + reply.last());
    }

    private void limitsStay() throws IOException {
        Reply created = client.send("POST", IetfClient.PATH, "a", "Upload-Complete: ?0");
        String upload = created.field("Location");
        long size = limit(created, "max-size");
        assertThat(limit(client.head(upload), "max-size")).isEqualTo(size);
        assertThat(limit(client.patch(upload, 1, false, "b"), "max-size")).isEqualTo(size);
    }

    private void lifeIsProlonged() throws IOException {
        Reply created = client.send("POST", IetfClient.PATH, "a", "Upload-Complete: ?0");
        Reply appended = client.patch(created.field("Location"), 1, false, "b");
        // Seconds are cut off, so one may be missing.
        assertThat(limit(appended, "max-age"))
                .isGreaterThanOrEqualTo(limit(created, "max-age") - 1);
    }

    private void optionsTells() throws IOException {
        assertThat(options().status()).isEqualTo(204);
        assertThat(limit(options(), "max-size")).isEqualTo(4 << 20);
        Reply preflight =
                client.send(
                        "OPTIONS",
                        IetfClient.PATH,
                        "",
                        "Origin: https://example.org",
                        "Access-Control-Request-Method: POST");
        assertThat(limit(preflight, "max-size")).isEqualTo(4 << 20);
    }

    private void announcedLimitsHold() throws IOException {
        Reply created = client.send("POST", IetfClient.PATH, "a", "Upload-Complete: ?0");
        for (String key : List.of("max-size", "max-age")) {
            assertThat(limit(options(), key)).isLessThanOrEqualTo(limit(created, key) + 1);
        }
    }

    private void tooLarge() throws IOException {
        Reply created =
                client.send(
                        "POST",
                        IetfClient.PATH,
                        "a",
                        "Upload-Complete: ?0",
                        "Upload-Length: 4194305");
        assertThat(created.status()).isEqualTo(413);
        assertThat(limit(created, "max-size")).isEqualTo(4 << 20);
        String upload = client.create("a");
        try (Conversation append =
                client.begin(
                        "PATCH",
                        upload,
                        "",
                        IetfClient.ofPatch(1, false, "Content-Length: 4194304"))) {
            Reply appended = append.readReply();
            assertThat(appended.status()).isEqualTo(413);
            assertThat(limit(appended, "max-size")).isEqualTo(4 << 20);
        }
    }
}
