package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.IetfClient.Conversation;
import io.sluice.edge.http.IetfClient.Head;
import io.sluice.edge.http.IetfClient.Reply;
import java.io.IOException;
import java.util.List;

/** What sections 4.2 and 4.3 ask of creating an upload and of telling its offset. */
final class IetfCreationRequirements {
    private final IetfClient client;

    IetfCreationRequirements(EdgeServer edge) {
        this.client = IetfClient.of(edge);
    }

    List<Requirement> all() {
        return List.of(
                new Requirement("4.2.2", "SHOULD", "announce the upload by 104", this::announces),
                new Requirement("4.2.2", "MUST", "have Location in the 104", this::announces),
                new Requirement("4.2.2", "MUST", "have Upload-Limit in the 104", this::announces),
                new Requirement("4.2.2", "MUST", "answer ?0 with Location", this::part),
                new Requirement("4.2.2", "MUST", "answer ?0 with Upload-Limit", this::part),
                new Requirement("4.2.2", "SHOULD", "answer ?0 with 201", this::part),
                new Requirement("4.2.2", "MUST", "record Upload-Length", this::recordsLength),
                new Requirement(
                        "4.2.2", "MUST", "record the length of ?1", this::recordsImpliedLength),
                new Requirement("4.2.2", "MUST", "keep Location identical", this::sameLocation),
                new Requirement("4.2.2", "SHOULD", "tell completeness", this::tellsCompleteness),
                new Requirement(
                        "4.2.2", "SHOULD", "keep what came of a cut request", this::keepsBytes),
                new Requirement(
                        "4.2.2", "MUST NOT", "be complete when it was cut", this::keepsBytes),
                new Requirement("4.3.2", "MUST", "tell the offset", this::retrieval),
                new Requirement("4.3.2", "MUST", "tell completeness", this::retrieval),
                new Requirement("4.3.2", "MUST", "tell the length", this::retrieval),
                new Requirement("4.3.2", "MUST", "tell limits", this::retrieval),
                new Requirement("4.3.2", "SHOULD", "not be stored by caches", this::retrieval),
                new Requirement(
                        "4.3.2", "MUST", "tell the same once it is complete", this::afterTheEnd),
                new Requirement("4.3.2", "SHOULD NOT", "answer 301 or 302", this::noRedirect));
    }

    private Reply whole() throws IOException {
        return client.send("POST", IetfClient.PATH, "hello", "Upload-Complete: ?1");
    }

    private void announces() throws IOException {
        Reply reply = whole();
        Head first = reply.resumptions().getFirst();
        assertThat(first.field("Location")).startsWith("/api/v1/uploads/");
        assertThat(first.field("Upload-Limit")).contains("max-size=");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("size").asInt()).isEqualTo(5);
    }

    private void part() throws IOException {
        Reply reply = client.send("POST", IetfClient.PATH, "hel", "Upload-Complete: ?0");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.field("Location")).startsWith("/api/v1/uploads/");
        assertThat(reply.field("Upload-Limit")).contains("max-size=").contains("max-age=");
        assertThat(reply.field("Upload-Offset")).isEqualTo("3");
    }

    private void recordsLength() throws IOException {
        String upload = client.create("", "Upload-Length: 7");
        assertThat(client.head(upload).field("Upload-Length")).isEqualTo("7");
    }

    private void recordsImpliedLength() throws IOException {
        assertThat(client.head(cut()).field("Upload-Length")).isEqualTo("1000");
    }

    /** Begins an upload of 1000 bytes, of which 10 are safe when the connection is cut. */
    private String cut() throws IOException {
        try (Conversation cut =
                client.begin(
                        "POST",
                        IetfClient.PATH,
                        "0123456789",
                        "Upload-Complete: ?1",
                        "Content-Length: 1000")) {
            String upload = cut.readHead().field("Location");
            cut.readProgress(10);
            cut.cut();
            return upload;
        }
    }

    private void sameLocation() throws IOException {
        Reply reply = client.send("POST", IetfClient.PATH, "hel", "Upload-Complete: ?0");
        for (Head interim : reply.resumptions()) {
            assertThat(interim.field("Location")).isIn("", reply.field("Location"));
        }
        assertThat(reply.resumptions().getFirst().field("Location"))
                .isEqualTo(reply.field("Location"));
    }

    private void tellsCompleteness() throws IOException {
        assertThat(whole().field("Upload-Complete")).isEqualTo("?1");
        Reply part = client.send("POST", IetfClient.PATH, "hel", "Upload-Complete: ?0");
        assertThat(part.field("Upload-Complete")).isEqualTo("?0");
        Reply refused =
                client.send(
                        "POST",
                        IetfClient.PATH,
                        "hel",
                        "Upload-Complete: ?1",
                        "Content-Encoding: gzip");
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.field("Upload-Complete")).isEqualTo("?0");
    }

    private void keepsBytes() throws IOException {
        Reply head = client.head(cut());
        assertThat(head.field("Upload-Offset")).isEqualTo("10");
        assertThat(head.field("Upload-Complete")).isEqualTo("?0");
    }

    private void retrieval() throws IOException {
        String upload = client.create("hel", "Upload-Length: 5");
        for (String method : List.of("HEAD", "GET")) {
            Reply reply = client.send(method, upload, "");
            assertThat(reply.status()).isIn(200, 204);
            assertThat(reply.field("Upload-Offset")).isEqualTo("3");
            assertThat(reply.field("Upload-Complete")).isEqualTo("?0");
            assertThat(reply.field("Upload-Length")).isEqualTo("5");
            assertThat(reply.field("Upload-Limit")).contains("max-size=").contains("max-age=");
            assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
        }
    }

    private void afterTheEnd() throws IOException {
        Reply head = client.head(whole().field("Location"));
        assertThat(head.field("Upload-Offset")).isEqualTo("5");
        assertThat(head.field("Upload-Complete")).isEqualTo("?1");
        assertThat(head.field("Upload-Length")).isEqualTo("5");
        assertThat(head.field("Upload-Limit")).contains("max-size=");
    }

    private void noRedirect() throws IOException {
        for (String upload : List.of(client.create("a"), IetfClient.PATH + "/x", cut())) {
            assertThat(client.head(upload).status()).isNotIn(301, 302);
        }
    }
}
