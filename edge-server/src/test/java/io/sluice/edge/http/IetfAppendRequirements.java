package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.IetfClient.Conversation;
import io.sluice.edge.http.IetfClient.Head;
import io.sluice.edge.http.IetfClient.Reply;
import java.io.IOException;
import java.util.List;

/** What sections 4.4 to 4.6 ask of appending, cancelling, and of both at once. */
final class IetfAppendRequirements {
    private final EdgeServer edge;
    private final IetfClient client;

    IetfAppendRequirements(EdgeServer edge) {
        this.edge = edge;
        this.client = IetfClient.of(edge);
    }

    List<Requirement> all() {
        return List.of(
                new Requirement("4.4.2", "SHOULD", "keep what came of a cut append", this::cut),
                new Requirement("4.4.2", "MUST NOT", "be complete when it was cut", this::cut),
                new Requirement("4.4.2", "MUST", "refuse a wrong offset with 409", this::mismatch),
                new Requirement("4.4.2", "MUST", "tell the right offset with 409", this::mismatch),
                new Requirement("4.4.2", "SHOULD", "answer the end as the POST", this::end),
                new Requirement("4.4.2", "MUST", "answer the end with ?1", this::end),
                new Requirement("4.4.2", "MUST", "answer ?0 by 2xx and ?0", this::more),
                new Requirement("4.4.2", "MUST", "record Upload-Length", this::recordsLength),
                new Requirement(
                        "4.4.2", "MUST", "record the length of ?1", this::recordsImpliedLength),
                new Requirement("4.4.2", "MUST", "prevent excess of the length", this::excess),
                new Requirement("4.4.2", "SHOULD", "tell progress by 104", this::progress),
                new Requirement("4.4.2", "MUST NOT", "have Location in 104", this::progress),
                new Requirement("4.4.2", "SHOULD", "tell completeness", this::completeness),
                new Requirement("4.5.2", "SHOULD", "deactivate by DELETE", this::cancels),
                new Requirement("4.5.2", "SHOULD", "end requests in flight", this::cancelsInFlight),
                new Requirement("4.5.2", "SHOULD NOT", "answer 301 or 302", this::cancels),
                new Requirement("4.6", "MUST", "prevent races of appends", this::races),
                new Requirement("4.6", "MUST NOT", "tell outdated offsets", this::upToDate),
                new Requirement("4.6", "MUST", "accept the offset it told", this::upToDate),
                new Requirement("4.6", "SHOULD", "end the earlier request", this::takeOver));
    }

    private Conversation hanging(String upload, long offset, String body) throws IOException {
        return client.begin(
                "PATCH", upload, body, IetfClient.ofPatch(offset, true, "Content-Length: 1000"));
    }

    private void cut() throws IOException {
        String upload = client.create("hello");
        try (Conversation cut = hanging(upload, 5, "0123456789")) {
            cut.readProgress(15);
            cut.cut();
        }
        Reply head = client.head(upload);
        assertThat(head.field("Upload-Offset")).isEqualTo("15");
        assertThat(head.field("Upload-Complete")).isEqualTo("?0");
    }

    private void mismatch() throws IOException {
        String upload = client.create("hello");
        Reply reply = client.patch(upload, 4, false, "x");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.field("Upload-Complete")).isEqualTo("?0");
        assertThat(reply.field("Upload-Offset")).isEqualTo("5");
    }

    private void end() throws IOException {
        String upload = client.create("hello", "Prefer: wait=20");
        Reply reply = client.patch(upload, 5, true, "world");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.field("Upload-Complete")).isEqualTo("?1");
        assertThat(reply.field("Location")).isEqualTo(upload);
        assertThat(reply.field("ETag")).isNotEmpty();
        assertThat(reply.json().path("state").asString()).isEqualTo("ready");
        assertThat(reply.json().path("filename").asString()).isEqualTo("clean.txt");
        assertThat(reply.json().path("declaredType").asString()).isEqualTo("text/plain");
        String empty = client.create("hello");
        Reply silent = client.patch(empty, 5, true, "");
        assertThat(silent.status()).isEqualTo(202);
        assertThat(silent.field("Upload-Complete")).isEqualTo("?1");
    }

    private void more() throws IOException {
        String upload = client.create("hello");
        Reply reply = client.patch(upload, 5, false, "world");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.field("Upload-Complete")).isEqualTo("?0");
        assertThat(reply.field("Upload-Offset")).isEqualTo("10");
    }

    private void recordsLength() throws IOException {
        String upload = client.create("hello");
        client.patch(upload, 5, false, "w", "Upload-Length: 10");
        assertThat(client.head(upload).field("Upload-Length")).isEqualTo("10");
    }

    private void recordsImpliedLength() throws IOException {
        String upload = client.create("hello");
        try (Conversation cut = hanging(upload, 5, "w")) {
            cut.readProgress(6);
            cut.cut();
        }
        assertThat(client.head(upload).field("Upload-Length")).isEqualTo("1005");
    }

    private void excess() throws IOException {
        String upload = client.create("hello", "Upload-Length: 8");
        IetfStateRequirements.expectInconsistent(client.patch(upload, 5, false, "world"));
        assertThat(client.offset(upload)).isEqualTo(5);
        try (Conversation excess =
                client.begin(
                        "PATCH",
                        upload,
                        "5\r\nworld\r\n0\r\n\r\n",
                        IetfClient.ofPatch(5, false, "Transfer-Encoding: chunked"))) {
            IetfStateRequirements.expectInconsistent(excess.readReply());
        }
        assertThat(client.head(upload).status()).isEqualTo(404);
        assertThat(client.patch(upload, 5, true, "wor").status()).isEqualTo(404);
    }

    private void progress() throws IOException {
        String upload = client.create("hello");
        try (Conversation hanging = hanging(upload, 5, "0123456789")) {
            Head progress = hanging.readProgress(15);
            assertThat(progress.field("Upload-Offset")).isEqualTo("15");
            assertThat(progress.field("Location")).isEmpty();
            hanging.send("x".repeat(990));
            Reply reply = hanging.readReply();
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.resumptions()).allMatch(head -> head.field("Location").isEmpty());
        }
    }

    private void completeness() throws IOException {
        String upload = client.create("hello");
        for (Reply refused :
                List.of(
                        client.patch(upload, 1, true, ""),
                        client.patch(IetfClient.PATH + "/x", 5, true, ""),
                        client.as("").patch(upload, 5, true, ""),
                        client.send("PATCH", upload, "x", "Content-Type: text/plain"))) {
            assertThat(refused.status()).isBetween(400, 499);
            assertThat(refused.field("Upload-Complete")).isEqualTo("?0");
        }
    }

    private void cancels() throws IOException {
        String upload = client.create("hello");
        assertThat(client.send("DELETE", upload, "").status()).isEqualTo(204);
        assertThat(client.head(upload).status()).isEqualTo(404);
        assertThat(client.patch(upload, 5, true, "").status()).isEqualTo(404);
        assertThat(client.send("DELETE", upload, "").status()).isEqualTo(404);
    }

    private void cancelsInFlight() throws IOException {
        String upload = client.create("hello");
        try (Conversation hanging = hanging(upload, 5, "w")) {
            hanging.readProgress(6);
            assertThat(client.send("DELETE", upload, "").status()).isEqualTo(204);
            assertThat(hanging.readReply().status()).isEqualTo(409);
        }
    }

    private void races() throws Exception {
        String upload = client.create("hello");
        try (Conversation first = hanging(upload, 5, "first")) {
            first.readProgress(10);
            assertThat(client.patch(upload, 5, false, "other").status()).isEqualTo(409);
            assertThat(first.readReply().status()).isEqualTo(409);
        }
        assertThat(client.offset(upload)).isEqualTo(10);
        String rest = "!".repeat(995);
        client.patch(upload, 10, true, rest, "Prefer: wait=20");
        assertThat(edge.client().get(upload + "/content").text()).isEqualTo("hellofirst" + rest);
    }

    private void upToDate() throws IOException {
        String upload = client.create("hello");
        try (Conversation hanging = hanging(upload, 5, "w")) {
            hanging.readProgress(6);
            long offset = client.offset(upload);
            assertThat(client.patch(upload, offset, false, "x").status()).isEqualTo(204);
        }
    }

    private void takeOver() throws IOException {
        String upload = client.create("hello");
        try (Conversation first = hanging(upload, 5, "w")) {
            first.readProgress(6);
            assertThat(client.patch(upload, 6, false, "x").status()).isEqualTo(204);
            assertThat(first.readReply().code()).isEqualTo("taken-over");
        }
    }
}
