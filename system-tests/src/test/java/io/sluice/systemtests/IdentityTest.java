package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IdentityTest {
    private static final String KEYS = "/api/v1/keys";
    private static final String TOKENS = "/api/v1/tokens";
    private static final String BOTH = "[\"upload\",\"read\"]";

    private static Sluice sluice;
    private static Api admin;

    @BeforeAll
    static void start() throws Exception {
        sluice =
                Launch.fresh("identity")
                        .with("sluice.tenants.small.max-bytes", "1KiB")
                        .with("sluice.edge.rate.key.per-second", "0.001")
                        .with("sluice.edge.rate.key.burst", "100")
                        .start();
        admin = sluice.api();
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    private static JsonNode post(Api api, String path, String json) throws Exception {
        return api.post(path, BodyPublishers.ofString(json), "application/json")
                .isStatus(201)
                .json();
    }

    private static Api client(String tenant, String scopes) throws Exception {
        JsonNode made =
                post(
                        admin,
                        KEYS,
                        "{\"name\":\"%s\",\"tenant\":\"%s\",\"scopes\":%s}"
                                .formatted(tenant, tenant, scopes));
        return new Api(sluice.base(), made.get("key").asString());
    }

    @Test
    void aKeyWorksUntilItIsRevoked() throws Exception {
        JsonNode made = post(admin, KEYS, "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
        try (Api reader = new Api(sluice.base(), made.get("key").asString())) {
            reader.get(Api.UPLOADS).isStatus(200);
            reader.post(TestFile.text(1, 10), "text/plain").isProblem(403, "forbidden");
            admin.delete(KEYS + "/" + made.get("id").asString()).isStatus(204);
            reader.get(Api.UPLOADS).isProblem(401, "unauthenticated");
        }
    }

    @Test
    void aTenantsUploadIsNotThereForAnother() throws Exception {
        try (Api owner = client("owner", BOTH);
                Api stranger = client("stranger", "[\"upload\",\"read\",\"admin\"]")) {
            String id = owner.ready(TestFile.photo("a tenant's"), "image/jpeg");
            stranger.get(Api.UPLOADS + "/" + id).isProblem(404, "not-found");
            stranger.content(id).isProblem(404, "not-found");
            stranger.rendition(id, "thumb").isProblem(404, "not-found");
            stranger.delete(Api.UPLOADS + "/" + id).isProblem(404, "not-found");
            owner.rendition(id, "thumb").isStatus(200);
            admin.content(id).isStatus(200);
        }
    }

    @Test
    void aTokenLetsCurlUploadWithoutAnAccount(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("note.txt"), TestFile.text(500, 7));
        String token =
                post(admin, TOKENS, "{\"types\":[\"text/plain\"],\"maxSize\":10000}")
                        .get("token")
                        .asString();
        JsonNode made = curl(token, "-F", "file=@" + file + ";type=text/plain");
        String id = made.path("uploads").path(0).path("id").asString();
        assertThat(made.path("url").asString()).isEqualTo(Api.UPLOADS + "/" + id);
        assertThat(Api.state(admin.end(id))).isEqualTo("ready");
        try (Api browser = new Api(sluice.base(), token)) {
            browser.get(Api.UPLOADS + "/" + id).isStatus(200);
            browser.content(id).isProblem(403, "forbidden");
        }
        assertThat(curl(token, "-F", "file=@" + file + ";type=text/plain").path("code").asString())
                .isEqualTo("token-used-up");
    }

    private static JsonNode curl(String token, String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 7];
        command[0] = "curl";
        command[1] = "--silent";
        command[2] = "--max-time";
        command[3] = "60";
        command[4] = "--header";
        command[5] = "Authorization: Bearer " + token;
        command[6] = sluice.base().resolve(Api.UPLOADS).toString();
        System.arraycopy(arguments, 0, command, 7, arguments.length);
        assumeTrue(hasCurl(), "curl is not installed");
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] answer = curl.getInputStream().readAllBytes();
        assertThat(curl.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return JsonMapper.shared().readTree(answer);
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aTokensTypesAreCheckedByContentToo() throws Exception {
        String token = post(admin, TOKENS, "{\"types\":[\"image/png\"]}").get("token").asString();
        try (Api browser = new Api(sluice.base(), token)) {
            browser.post(TestFile.text(50, 8), "text/plain")
                    .isProblem(415, "unsupported-media-type");
            String id = Api.id(browser.post(TestFile.text(50, 8), "image/png").isStatus(202));
            JsonNode end = admin.end(id);
            assertThat(Api.state(end)).isEqualTo("rejected");
            assertThat(end.path("problem").path("code").asString()).isEqualTo("type-not-allowed");
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
        try (Api busy = client("busy", BOTH);
                Api other = client("calm", BOTH)) {
            for (int i = 0; i < 100; i++) {
                busy.get(Api.UPLOADS).isStatus(200);
            }
            busy.get(Api.UPLOADS).isProblem(429, "rate-limited");
            other.get(Api.UPLOADS).isStatus(200);
        }
    }

    @Test
    void aTenantHasItsQuotaAndGetsItBackByDeleting() throws Exception {
        try (Api small = client("small", BOTH)) {
            small.post(new byte[1025], "text/plain").isProblem(413, "too-large");
            String id = small.upload(TestFile.text(1000, 3), "text/plain");
            small.post(new byte[100], "text/plain").isProblem(507, "quota-used-up");
            small.delete(Api.UPLOADS + "/" + id).isStatus(204);
            small.post(new byte[100], "text/plain").isStatus(202);
        }
    }
}
