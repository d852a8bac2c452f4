package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.database.Database;
import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithEdgeServer.class)
class KeyTest {
    private final EdgeServer edge;
    private final Client admin;
    private final Accounts accounts;

    KeyTest(EdgeServer edge) {
        this.edge = edge;
        admin = edge.client();
        accounts = new Accounts(admin);
    }

    private Answer create(String json) throws Exception {
        return accounts.post(Accounts.KEYS, json);
    }

    @Nested
    class ANewKey {
        @Test
        void isShownOnceAndStoredAsAHash() throws Exception {
            Answer made = create("{\"name\":\"ci\",\"tenant\":\"acme\",\"scopes\":[\"upload\"]}");
            String secret = made.json().path("key").asString();
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.header("Cache-Control")).isEqualTo("no-store");
            Answer read = admin.get(made.header("Location"));
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.json().path("tenant").asString()).isEqualTo("acme");
            assertThat(read.text()).doesNotContain(secret);
            assertThat(admin.get(Accounts.KEYS).text()).contains(made.id()).doesNotContain(secret);
            List<String> stored =
                    edge.bean(Database.class)
                            .read(jdbc ->
                                    jdbc.sql("SELECT hash FROM api_key")
                                            .query(String.class)
                                            .list());
            assertThat(stored).doesNotContain(secret);
        }

        @Test
        void mayDoWhatItsScopesAllow() throws Exception {
            Client uploader = accounts.of("acme", "[\"upload\"]");
            Client reader = accounts.of("acme", "[\"read\"]");
            String path = uploader.post("x").header("Location");
            assertThat(uploader.get(path).code()).isEqualTo("forbidden");
            assertThat(reader.get(path).status()).isEqualTo(200);
            assertThat(reader.post("x").code()).isEqualTo("forbidden");
            assertThat(reader.delete(path).code()).isEqualTo("forbidden");
            assertThat(reader.get(Accounts.KEYS).code()).isEqualTo("forbidden");
        }

        @Test
        void isWrittenToTheAuditWithItsMaker() throws Exception {
            Answer made = create("{\"name\":\"seen\",\"scopes\":[\"read\"],\"expiresIn\":60}");
            String row =
                    edge.bean(Database.class)
                            .read(jdbc ->
                                    jdbc.sql(
                                                    "SELECT actor || ' ' || action || ' ' || tenant || ' ' || address FROM audit WHERE subject = ?")
                                            .param(made.id())
                                            .query(String.class)
                                            .single());
            assertThat(row).isEqualTo("admin key-created default 127.0.0.1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "null",
                    "[]",
                    "{",
                    "{\"scopes\":[\"read\"]}",
                    "{\"name\":\"a\"}",
                    "{\"name\":\"a\",\"scopes\":[]}",
                    "{\"name\":\"a\",\"scopes\":[\"status\"]}",
                    "{\"name\":\"a\",\"scopes\":[\"root\"]}",
                    "{\"name\":\"a\\n\",\"scopes\":[\"read\"]}",
                    "{\"name\":\"a\",\"scopes\":[\"read\"],\"tenant\":\"../a\"}",
                    "{\"name\":\"a\",\"scopes\":[\"read\"],\"expiresIn\":0}",
                    "{\"name\":\"a\",\"scopes\":[\"read\"],\"expiresAt\":\"2000-01-01T00:00:00Z\"}",
                    "{\"name\":\"a\",\"scopes\":[\"read\"],\"expires\":5}"
                })
        void isRefusedIfItMakesNoSense(String json) throws Exception {
            assertThat(create(json).code()).as(json).isEqualTo("malformed");
        }

        @Test
        void isAskedForInJsonOfReasonableSize() throws Exception {
            assertThat(create("{\"name\":\"" + "x".repeat(40_000) + "\"}").code())
                    .isEqualTo("too-large");
            assertThat(admin.send("POST", Accounts.KEYS, BodyPublishers.ofString("{}")).code())
                    .isEqualTo("unsupported-media-type");
        }
    }

    @Nested
    class ARevokedKey {
        @Test
        void isWorthlessAtOnce() throws Exception {
            Answer made = create("{\"name\":\"gone\",\"scopes\":[\"read\"]}");
            Client client = admin.as(made.json().path("key").asString());
            assertThat(client.get("/api/v1/uploads").status()).isEqualTo(200);
            assertThat(admin.delete(made.header("Location")).status()).isEqualTo(204);
            assertThat(client.get("/api/v1/uploads").code()).isEqualTo("unauthenticated");
            assertThat(admin.delete(made.header("Location")).code()).isEqualTo("not-found");
        }

        @Test
        void endsTheUploadThatItHasBegun() throws Exception {
            Answer made = create("{\"name\":\"slow\",\"scopes\":[\"upload\"]}");
            try (RawClient client = edge.connect()) {
                client.send(
                        """
                        POST /api/v1/uploads HTTP/1.1\r
                        Host: a\r
                        Authorization: Bearer %s\r
                        Content-Length: 2\r
                        Expect: 100-continue\r
                        \r
                        """
                                .formatted(made.json().path("key").asString()));
                client.readUntil("100 Continue\r\n\r\n");
                assertThat(admin.delete(made.header("Location")).status()).isEqualTo(204);
                client.send("ab");
                assertThat(client.readAnswer()).startsWith("HTTP/1.1 401");
            }
            edge.awaitEmptySpool();
        }

        @Test
        void isNeverTheOneThatRevokes() throws Exception {
            Client second = accounts.of("default", "[\"admin\"]");
            for (var key : second.get(Accounts.KEYS).json().path("keys")) {
                if (key.path("name").asString().equals("for default")
                        && second.delete(Accounts.KEYS + "/" + key.path("id").asString()).status()
                                == 409) {
                    assertThat(second.get(Accounts.KEYS).status()).isEqualTo(200);
                    return;
                }
            }
            throw new AssertionError("no key was refused as the client's own");
        }
    }

    @Nested
    class AnAdminOfAnotherTenant {
        @Test
        void seesAndMakesTheKeysOfItsTenantOnly() throws Exception {
            Client theirs = accounts.of("island", "[\"admin\"]");
            Answer ours = create("{\"name\":\"ours\",\"scopes\":[\"read\"]}");
            assertThat(theirs.get(Accounts.KEYS).json().path("keys").size()).isEqualTo(1);
            assertThat(theirs.get(ours.header("Location")).code()).isEqualTo("not-found");
            assertThat(theirs.delete(ours.header("Location")).code()).isEqualTo("not-found");
            Accounts more = new Accounts(theirs);
            assertThat(
                            more.post(
                                            Accounts.KEYS,
                                            "{\"name\":\"a\",\"tenant\":\"default\",\"scopes\":[\"read\"]}")
                                    .code())
                    .isEqualTo("forbidden");
            assertThat(
                            more.post(Accounts.KEYS, "{\"name\":\"a\",\"scopes\":[\"read\"]}")
                                    .json()
                                    .path("tenant")
                                    .asString())
                    .isEqualTo("island");
        }
    }
}
