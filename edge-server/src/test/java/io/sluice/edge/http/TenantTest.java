package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(WithEdgeServer.class)
class TenantTest {
    private static final String BOTH = "[\"upload\",\"read\"]";

    private final Client admin;
    private final Accounts accounts;

    TenantTest(EdgeServer edge) {
        admin = edge.client();
        accounts = new Accounts(admin);
    }

    @Nested
    class AnotherTenantsUpload {
        @Test
        void isNotThereWhateverIsAskedOfIt() throws Exception {
            String path = accounts.of("owner", BOTH).upload("a", "secret").header("Location");
            Client stranger = accounts.of("stranger", "[\"upload\",\"read\",\"admin\"]");
            String unknown = "/api/v1/uploads/0192f3a0-0000-7000-8000-000000000000";
            for (String each : List.of("", "/content", "/renditions/thumb")) {
                Answer theirs = stranger.get(path + each);
                assertThat(theirs.status()).as(each).isEqualTo(404);
                assertThat(theirs.json().path("detail"))
                        .isEqualTo(stranger.get(unknown + each).json().path("detail"));
            }
            assertThat(stranger.delete(path).code()).isEqualTo("not-found");
            assertThat(stranger.get("/api/v1/uploads").json().path("uploads").size()).isZero();
            assertThat(stranger.get("/api/v1/uploads?tenant=owner").json().path("uploads").size())
                    .isZero();
            assertThat(admin.get(path).status()).isEqualTo(200);
        }

        /** As strange as an id that nobody has, to every method of every path that has an id. */
        @Test
        void isNotThereByAnyWay() throws Exception {
            Client stranger = accounts.of("stranger", "[\"upload\",\"read\",\"admin\"]");
            String theirs = accounts.of("owner", BOTH).upload("a", "secret").id();
            String begun =
                    new TusClient(accounts.of("owner", BOTH))
                            .create(10, "b")
                            .substring(TusClient.PATH.length() + 1);
            String nobodys = "0192f3a0-0000-7000-8000-000000000000";
            JsonNode paths = admin.get("/api/v1/openapi.json").json().path("paths");
            int asked = 0;
            for (String path : paths.propertyNames()) {
                boolean isOfUploads = path.contains("/uploads/{") || path.contains("/tus/{");
                for (String method :
                        isOfUploads ? paths.path(path).propertyNames() : Set.<String>of()) {
                    String expected = answer(stranger, method, path, nobodys);
                    assertThat(expected).as(method + path).startsWith("404 ");
                    assertThat(answer(stranger, method, path, theirs)).isEqualTo(expected);
                    assertThat(answer(stranger, method, path, begun)).isEqualTo(expected);
                    asked++;
                }
            }
            assertThat(asked).isGreaterThan(6);
        }

        private static String answer(Client client, String method, String path, String id)
                throws Exception {
            String of = path.replaceFirst("\\{[^}]*}", id).replaceFirst("\\{[^}]*}", "thumb");
            Answer answer =
                    new TusClient(client)
                            .send(
                                    method.toUpperCase(Locale.ROOT),
                                    of,
                                    "",
                                    "Upload-Offset",
                                    "0",
                                    "Upload-Complete",
                                    "?0",
                                    "Content-Type",
                                    path.contains("/tus/")
                                            ? "application/offset+octet-stream"
                                            : "application/partial-upload");
            boolean isBare = method.equals("head");
            return answer.status() + " " + (isBare ? "" : answer.json().path("detail").asString());
        }

        @Test
        void isNotFoundByItsIdempotencyKey() throws Exception {
            String key = UUID.randomUUID().toString();
            Answer theirs = accounts.of("owner", BOTH).post("a", "Idempotency-Key", key);
            Answer ours = accounts.of("stranger", BOTH).post("a", "Idempotency-Key", key);
            assertThat(ours.status()).isEqualTo(202);
            assertThat(ours.id()).isNotEqualTo(theirs.id());
        }
    }

    @Nested
    class AnAdminOfTheDefaultTenant {
        @Test
        void seesReadsAndDeletesTheUploadsOfAll() throws Exception {
            Client owner = accounts.of("seen", BOTH);
            String path = owner.upload("a", "content").header("Location");
            assertThat(admin.get(path).json().path("tenant").asString()).isEqualTo("seen");
            assertThat(admin.get(path + "/content").text()).isEqualTo("content");
            Answer listed = admin.get("/api/v1/uploads?tenant=seen&limit=1");
            assertThat(listed.json().path("uploads").path(0).path("links").path("self").asString())
                    .isEqualTo(path);
            assertThat(admin.delete(path).status()).isEqualTo(204);
            assertThat(owner.get(path).code()).isEqualTo("deleted");
        }
    }
}
