package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class RefusalTest {
    private static final String UNKNOWN = "/01890000-0000-7000-8000-000000000000";

    private final Sluice sluice;
    private final Api api;

    RefusalTest(Sluice sluice) {
        this.sluice = sluice;
        api = sluice.api();
    }

    @Test
    void meetsRequestsWithoutAKeyOrWithAWrongOne() throws Exception {
        try (Api stranger = new Api(sluice.base(), "sk_wrong");
                Wire wire = new Wire(sluice.base())) {
            stranger.get(Api.UPLOADS).isProblem(401, "unauthenticated");
            stranger.post(TestFile.text(10, 50), "text/plain").isProblem(401, "unauthenticated");
            Answer answer = wire.head("GET " + Api.UPLOADS + " HTTP/1.1").answer();
            answer.isProblem(401, "unauthenticated");
            assertThat(answer.header("www-authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void keepsTheConnectionWhereNoBodyIsLeftUnread() throws Exception {
        try (Wire wire = new Wire(sluice.base())) {
            for (int i = 0; i < 20; i++) {
                wire.head("GET " + Api.UPLOADS + " HTTP/1.1").answer().isStatus(401);
            }
        }
    }

    @Test
    void meetsWhatDoesNotExist() throws Exception {
        api.get(Api.UPLOADS + UNKNOWN).isProblem(404, "not-found");
        api.get(Api.UPLOADS + "/no-id").isProblem(404, "not-found");
        api.content(UNKNOWN.substring(1)).isProblem(404, "not-found");
        api.get("/api/v1/nothing").isProblem(404, "not-found");
        String id = api.ready(TestFile.photo("no such rendition"), "image/jpeg");
        api.rendition(id, "no-such").isProblem(404, "not-found");
        api.post(Api.UPLOADS + "?profile=none", BodyPublishers.ofString("x"), "text/plain")
                .isProblem(400, "unknown-profile");
    }

    @Test
    void namesTheMethodsThatAreAllowed() throws Exception {
        Answer answer = api.send(api.request(Api.UPLOADS).PUT(BodyPublishers.ofString("x")));
        answer.isProblem(405, "method-not-allowed");
        assertThat(answer.header("allow")).contains("GET").contains("POST");
    }

    @Test
    void comesBeforeTheBodyOfAnUploadThatIsTooLarge() throws Exception {
        try (Wire wire = new Wire(sluice.base())) {
            wire.head(
                            "POST " + Api.UPLOADS + " HTTP/1.1",
                            "Authorization: Bearer " + api.key(),
                            "Content-Type: text/plain",
                            "Content-Length: " + (Shared.MAX_SIZE + 1),
                            "Expect: 100-continue")
                    .answer()
                    .isProblem(413, "too-large");
        }
    }

    @Test
    void meetsAnUploadThatGrowsTooLarge() throws Exception {
        byte[] tooMuch = new byte[(int) Shared.MAX_SIZE + 1];
        try (Wire wire = new Wire(sluice.base())) {
            wire.head(
                    "POST " + Api.UPLOADS + " HTTP/1.1",
                    "Authorization: Bearer " + api.key(),
                    "Content-Type: text/plain",
                    "Transfer-Encoding: chunked");
            wire.bytes(
                    (Integer.toHexString(tooMuch.length) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            wire.bytes(tooMuch);
            wire.answer().isProblem(413, "too-large");
        }
    }

    @Test
    void carriesTheClientsRequestIdIfItIsHarmless() throws Exception {
        assertThat(api.get(Api.UPLOADS, "X-Request-Id", "abc-123").header("x-request-id"))
                .isEqualTo("abc-123");
        assertThat(api.get(Api.UPLOADS, "X-Request-Id", "<script>").header("x-request-id"))
                .matches("[0-9a-zA-Z._-]{8,}");
    }
}
