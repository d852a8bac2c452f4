package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithEdgeServer.class)
class UploadTokenTest {
    private final EdgeServer edge;
    private final Client admin;
    private final Accounts accounts;

    UploadTokenTest(EdgeServer edge) {
        this.edge = edge;
        admin = edge.client();
        accounts = new Accounts(admin);
    }

    @Nested
    class AToken {
        @Test
        void makesUploadsForTheTenantThatIssuedIt() throws Exception {
            Accounts theirs = new Accounts(accounts.of("shop", "[\"upload\",\"read\"]"));
            Client browser = theirs.withToken("{}");
            Answer made = browser.upload("a", "x");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().path("tenant").asString()).isEqualTo("shop");
            assertThat(browser.get(made.header("Location")).id()).isEqualTo(made.id());
        }

        @Test
        void doesNothingElse() throws Exception {
            Client browser = accounts.withToken("{}");
            String own = browser.upload("a", "x").header("Location");
            String other = admin.upload("a", "x").header("Location");
            assertThat(browser.get(other).code()).isEqualTo("not-found");
            assertThat(browser.get(own + "/content").code()).isEqualTo("forbidden");
            assertThat(browser.get("/api/v1/uploads").code()).isEqualTo("forbidden");
            assertThat(browser.delete(own).code()).isEqualTo("forbidden");
            assertThat(browser.get(Accounts.KEYS).code()).isEqualTo("forbidden");
            assertThat(
                            new Accounts(browser)
                                    .post("/api/v1/imports", "{\"url\":\"http://example.org/\"}")
                                    .code())
                    .isEqualTo("forbidden");
            assertThat(browser.get("/api/v1/events").code()).isEqualTo("forbidden");
            assertThat(new Accounts(browser).post(Accounts.TOKENS, "{}").code())
                    .isEqualTo("forbidden");
        }

        @Test
        void isGoodForItsUsesOnly() throws Exception {
            Client browser = accounts.withToken("{\"uses\":2}");
            assertThat(browser.post("1").status()).isEqualTo(202);
            assertThat(browser.post("2").status()).isEqualTo(202);
            Answer third = browser.post("3");
            assertThat(third.status()).isEqualTo(403);
            assertThat(third.code()).isEqualTo("token-used-up");
        }

        @Test
        void isGoodForItsUsesOnlyHoweverManyComeAtOnce() throws Exception {
            Client browser = accounts.withToken("{\"uses\":3}");
            List<Callable<Integer>> posts =
                    IntStream.range(0, 12)
                            .<Callable<Integer>>mapToObj(
                                    i -> () -> browser.post("upload " + i).status())
                            .toList();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                int accepted = 0;
                for (Future<Integer> answer : threads.invokeAll(posts)) {
                    assertThat(answer.get()).isIn(202, 403);
                    accepted += answer.get() == 202 ? 1 : 0;
                }
                assertThat(accepted).isEqualTo(3);
            }
            edge.awaitEmptySpool();
        }

        @Test
        void isNotUsedByWhatIsRefused() throws Exception {
            Client browser = accounts.withToken("{\"maxSize\":3}");
            assertThat(browser.post("1234").code()).isEqualTo("too-large");
            assertThat(browser.post("123").status()).isEqualTo(202);
        }

        @Test
        void repeatsAnUploadByItsOwnIdempotencyKeysOnly() throws Exception {
            String key = "the same";
            Client first = accounts.withToken("{}");
            Client second = accounts.withToken("{\"uses\":2}");
            Answer made = first.post("a", "Idempotency-Key", key);
            Answer other = second.post("a", "Idempotency-Key", key);
            assertThat(other.id()).isNotEqualTo(made.id());
            Answer again = second.post("a", "Idempotency-Key", key);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.id()).isEqualTo(other.id());
        }

        @Test
        void takesNothingLargerThanItSays() throws Exception {
            Client browser = accounts.withToken("{\"maxSize\":10,\"uses\":5}");
            assertThat(browser.post("x".repeat(11)).status()).isEqualTo(413);
            Answer chunked =
                    browser.post(
                            BodyPublishers.ofInputStream(() ->
                                    new ByteArrayInputStream(
                                            "x".repeat(100).getBytes(StandardCharsets.US_ASCII))));
            assertThat(chunked.code()).isEqualTo("too-large");
            assertThat(chunked.json().path("detail").asString()).contains("token");
        }

        @Test
        void takesTheTypesThatItSays() throws Exception {
            Client browser =
                    accounts.withToken("{\"types\":[\"image/*\",\"text/csv\"],\"uses\":5}");
            assertThat(browser.post("x", "Content-Type", "text/plain").status()).isEqualTo(415);
            assertThat(browser.post("x").status()).isEqualTo(415);
            assertThat(browser.post("x", "Content-Type", "text/csv; header=no").status())
                    .isEqualTo(202);
            assertThat(browser.post("x", "Content-Type", "IMAGE/png").status()).isEqualTo(202);
            String form =
                    """
                    --B\r
                    Content-Disposition: form-data; name="file"; filename="a"\r
                    Content-Type: text/html\r
                    \r
                    x\r
                    --B--\r
                    """;
            assertThat(
                            browser.post(form, "Content-Type", "multipart/form-data; boundary=B")
                                    .status())
                    .isEqualTo(415);
            edge.awaitEmptySpool();
        }

        @Test
        void fixesProfileAndMetadata() throws Exception {
            Client browser =
                    accounts.withToken(
                            "{\"profile\":\"default\",\"metadata\":{\"user\":7},\"uses\":5}");
            String form =
                    """
                    --B\r
                    Content-Disposition: form-data; name="metadata"\r
                    \r
                    {"user":8,"note":"mine"}\r
                    --B\r
                    Content-Disposition: form-data; name="file"; filename="a"\r
                    \r
                    x\r
                    --B--\r
                    """;
            Answer made = browser.post(form, "Content-Type", "multipart/form-data; boundary=B");
            var metadata = made.json().path("uploads").path(0).path("metadata");
            assertThat(metadata.path("user").asInt()).isEqualTo(7);
            assertThat(metadata.path("note").asString()).isEqualTo("mine");
        }

        @Test
        void isWorthlessWhenOneLetterIsChanged() throws Exception {
            String token = accounts.post(Accounts.TOKENS, "{}").json().path("token").asString();
            for (int at : new int[] {12, token.indexOf('.') - 3, token.indexOf('.') + 1}) {
                char other = token.charAt(at) == 'A' ? 'B' : 'A';
                String changed = token.substring(0, at) + other + token.substring(at + 1);
                assertThat(admin.as(changed).post("x").code()).isEqualTo("unauthenticated");
            }
            assertThat(admin.as(token + "x").post("x").status()).isEqualTo(401);
            assertThat(admin.as("sluice_t1_..").post("x").status()).isEqualTo(401);
            assertThat(admin.as(token).post("x").status()).isEqualTo(202);
        }

        @Test
        void endsWithTheKeyThatItWasIssuedBy() throws Exception {
            Answer key =
                    accounts.post(Accounts.KEYS, "{\"name\":\"shop\",\"scopes\":[\"upload\"]}");
            Client browser =
                    new Accounts(admin.as(key.json().path("key").asString()))
                            .withToken("{\"uses\":5}");
            assertThat(browser.post("x").status()).isEqualTo(202);
            admin.delete(key.header("Location"));
            assertThat(browser.post("x").code()).isEqualTo("unauthenticated");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"maxSize\":0}",
                    "{\"maxSize\":4194305}",
                    "{\"types\":[]}",
                    "{\"types\":[\"image\"]}",
                    "{\"types\":[\"image/png image/gif\"]}",
                    "{\"expiresIn\":0}",
                    "{\"expiresIn\":31536000}",
                    "{\"uses\":0}",
                    "{\"uses\":10001}",
                    "{\"limit\":1}"
                })
        void isNotIssuedWithLimitsThatMakeNoSense(String limits) throws Exception {
            assertThat(accounts.post(Accounts.TOKENS, limits).code()).isEqualTo("malformed");
        }

        @Test
        void isNotIssuedForAnUnknownProfileOrBadMetadata() throws Exception {
            assertThat(accounts.post(Accounts.TOKENS, "{\"profile\":\"no\"}").code())
                    .isEqualTo("unknown-profile");
            assertThat(accounts.post(Accounts.TOKENS, "{\"metadata\":[1]}").code())
                    .isEqualTo("bad-metadata");
        }

        @Test
        void isNotIssuedByWhoMayOnlyRead() throws Exception {
            Accounts reader = new Accounts(accounts.of("default", "[\"read\"]"));
            assertThat(reader.post(Accounts.TOKENS, "{}").code()).isEqualTo("forbidden");
        }
    }
}
