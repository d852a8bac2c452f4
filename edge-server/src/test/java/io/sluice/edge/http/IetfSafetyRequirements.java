package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.IetfClient.Conversation;
import io.sluice.edge.http.IetfClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the text asks of interim responses, problems, digests, and of an upload's safety. */
final class IetfSafetyRequirements {
    private final EdgeServer edge;
    private final IetfClient client;

    IetfSafetyRequirements(EdgeServer edge) {
        this.edge = edge;
        this.client = IetfClient.of(edge);
    }

    List<Requirement> all() {
        return List.of(
                new Requirement("5", "MUST NOT", "omit 100 because of 104", this::expectation),
                new Requirement("7.1", "SHOULD", "tell both offsets", this::offsets),
                new Requirement("10.1", "SHOULD", "fail by a wrong Repr-Digest", this::wrongWhole),
                new Requirement("10.1", "SHOULD", "tell a wanted digest", this::wantedDigest),
                new Requirement("10.1", "SHOULD", "compute it in the end", this::wantedDigest),
                new Requirement(
                        "10.2", "SHOULD", "fail by a wrong Content-Digest", this::wrongPart),
                new Requirement("13", "SHOULD", "let in who is authorized only", this::strangers),
                new Requirement("13", "SHOULD", "have URLs hard to guess", this::urls),
                new Requirement("13", "MUST", "leak nothing in the URL", this::urls),
                new Requirement("13", "MUST", "sanitize metadata", this::metadata),
                new Requirement("13", "SHOULD", "scan the whole", this::scansTheWhole),
                new Requirement("13", "SHOULD", "check rights again in the end", this::revoked),
                new Requirement("13", "SHOULD", "mitigate slow uploads", this::bounded),
                new Requirement(
                        "Appendix", "MUST NOT", "send 104 to other versions", this::otherVersions),
                new Requirement("Appendix", "MUST", "send its version with 104", this::ownVersion));
    }

    private static String digest(String text) throws Exception {
        byte[] sha256 =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ':';
    }

    private void expectation() throws IOException {
        try (Conversation waiting =
                client.begin(
                        "POST",
                        IetfClient.PATH,
                        "",
                        "Upload-Complete: ?1",
                        "Expect: 100-continue",
                        "Content-Length: 5")) {
            assertThat(waiting.readHead().status()).isEqualTo(104);
            assertThat(waiting.readHead().status()).isEqualTo(100);
            assertThat(waiting.send("hello").readReply().status()).isEqualTo(202);
        }
    }

    private void offsets() throws IOException {
        String upload = client.create("hello");
        JsonNode problem = client.patch(upload, 25, false, "x").json();
        assertThat(problem.path("type").asString())
                .isEqualTo(
                        "https://iana.org/assignments/http-problem-types#mismatching-upload-offset");
        assertThat(problem.path("expected-offset").asInt()).isEqualTo(5);
        assertThat(problem.path("provided-offset").asInt()).isEqualTo(25);
    }

    private void wrongWhole() throws Exception {
        String upload = client.create("hello", "Repr-Digest: " + digest("hello world"));
        Reply reply = client.patch(upload, 5, true, " jorld");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("digest-mismatch");
        assertThat(reply.field("Upload-Complete")).isEqualTo("?1");
        assertThat(client.head(upload).status()).isEqualTo(404);
        assertThat(edge.client().get(upload).code()).isEqualTo("deleted");
        String right = client.create("hello", "Repr-Digest: " + digest("hello world"));
        assertThat(client.patch(right, 5, true, " world").status()).isEqualTo(202);
    }

    private void wantedDigest() throws Exception {
        String upload = client.create("hello", "Want-Repr-Digest: sha-256=10, sha-512=3");
        assertThat(client.patch(upload, 5, true, " world").field("Repr-Digest"))
                .isEqualTo(digest("hello world"));
        String unwanted = client.create("hello", "Want-Repr-Digest: sha-256=0");
        assertThat(client.patch(unwanted, 5, true, "").field("Repr-Digest")).isEmpty();
    }

    private void wrongPart() throws Exception {
        String upload = client.create("hello");
        String field = "Content-Digest: " + digest("world");
        Reply reply = client.patch(upload, 5, true, "jorld", field);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.field("Upload-Complete")).isEqualTo("?0");
        assertThat(reply.field("Upload-Offset")).isEqualTo("5");
        assertThat(client.offset(upload)).isEqualTo(5);
        assertThat(client.patch(upload, 5, true, "world", field).status()).isEqualTo(202);
    }

    private void strangers() throws IOException {
        String upload = client.create("hello");
        IetfClient stranger = client.as(EdgeServer.OTHER_TENANT);
        assertThat(stranger.head(upload).status()).isEqualTo(404);
        assertThat(stranger.patch(upload, 5, true, "").status()).isEqualTo(404);
        assertThat(stranger.send("DELETE", upload, "").status()).isEqualTo(404);
        for (String key : List.of("", EdgeServer.EXPIRED)) {
            assertThat(client.as(key).head(upload).status()).isEqualTo(401);
            assertThat(client.as(key).patch(upload, 5, true, "").status()).isEqualTo(401);
        }
        assertThat(client.as(EdgeServer.READER).patch(upload, 5, true, "").status()).isEqualTo(403);
        assertThat(client.offset(upload)).isEqualTo(5);
    }

    private void urls() throws IOException {
        assertThat(client.create("a"))
                .matches("/api/v1/uploads/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}");
    }

    private void metadata() throws IOException {
        Reply reply =
                client.send(
                        "POST",
                        IetfClient.PATH,
                        "hello",
                        "Upload-Complete: ?1",
                        "Content-Disposition: inline; filename=\"../../etc/passwd\"");
        assertThat(reply.json().path("filename").asString()).isEqualTo("passwd");
    }

    private void scansTheWhole() throws Exception {
        String upload = client.create("hello");
        assertThat(edge.client().get(upload + "/content").code()).isEqualTo("not-ready");
        Reply end = client.patch(upload, 5, true, "", "Prefer: wait=20");
        assertThat(end.json().path("scan").path("verdict").asString()).isEqualTo("clean");
    }

    private void revoked() throws Exception {
        Accounts accounts = new Accounts(edge.client());
        Client.Answer made =
                accounts.post(Accounts.KEYS, "{\"name\":\"soon gone\",\"scopes\":[\"upload\"]}");
        IetfClient guest = client.as(made.json().path("key").asString());
        String upload = guest.create("hello");
        try (Conversation last =
                guest.begin(
                        "PATCH", upload, "wor", IetfClient.ofPatch(5, true, "Content-Length: 5"))) {
            last.readProgress(8);
            assertThat(edge.client().delete(made.header("Location")).status()).isEqualTo(204);
            assertThat(last.send("ld").readReply().status()).isEqualTo(401);
        }
        Reply head = client.head(upload);
        assertThat(head.field("Upload-Complete")).isEqualTo("?0");
        assertThat(head.field("Upload-Offset")).isEqualTo("10");
    }

    private void bounded() throws IOException {
        assertThat(client.head(client.create("a")).field("Upload-Limit")).contains("max-age=");
    }

    private void otherVersions() throws IOException {
        for (String version : List.of("", "5", "9", "8.0", "?1")) {
            IetfClient other = client.speaking(version);
            assertThat(other.send("POST", IetfClient.PATH, "a", "Upload-Complete: ?1").interims())
                    .as(version)
                    .isEmpty();
        }
    }

    private void ownVersion() throws IOException {
        String upload = client.create("a");
        try (Conversation hanging =
                client.begin(
                        "PATCH", upload, "b", IetfClient.ofPatch(1, true, "Content-Length: 2"))) {
            assertThat(hanging.readProgress(2).field("Upload-Draft-Interop-Version"))
                    .isEqualTo("8");
        }
    }
}
