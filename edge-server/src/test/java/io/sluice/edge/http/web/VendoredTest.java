package io.sluice.edge.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was taken over from others is what its record says, and what the page asks for. */
class VendoredTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path SOURCES = Path.of("src/main/vendor");

    private static String read(String name) {
        return new String(WebFile.read(name).plain(), StandardCharsets.UTF_8);
    }

    private static JsonNode record() throws Exception {
        try (var file = WebFile.class.getResourceAsStream("vendored.json")) {
            return JSON.readTree(file).get(0);
        }
    }

    private static byte[] digest(String algorithm, byte... bytes) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(bytes);
    }

    @Test
    void hasTheHashesThatAreRecorded() throws Exception {
        byte[] bundle = WebFile.read(record().get("file").asString()).plain();
        assertThat(HexFormat.of().formatHex(digest("SHA-256", bundle)))
                .isEqualTo(record().get("sha256").asString());
        assertThat("sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384", bundle)))
                .isEqualTo(record().get("integrity").asString());
    }

    @Test
    void isLoadedByThePageUnderItsHash() throws Exception {
        assertThat(read("upload.html"))
                .contains(
                        "<script defer src=\"/web/%s\" integrity=\"%s\"></script>"
                                .formatted(
                                        record().get("file").asString(),
                                        record().get("integrity").asString()));
    }

    @Test
    void isOfThePackagesAndVersionsThatTheScriptInstalls() throws Exception {
        JsonNode wanted = JSON.readTree(Files.readString(SOURCES.resolve("package.json")));
        JsonNode locked = JSON.readTree(Files.readString(SOURCES.resolve("package-lock.json")));
        JsonNode packages = record().get("packages");
        assertThat(packages).isEqualTo(wanted.get("dependencies"));
        packages.forEachEntry((name, version) -> {
            JsonNode lock = locked.get("packages").get("node_modules/" + name);
            assertThat(lock.get("version")).isEqualTo(version);
            assertThat(lock.get("integrity").asString()).startsWith("sha512-");
        });
        assertThat(Files.readString(SOURCES.resolve("package-lock.json")))
                .doesNotContain("resolved");
    }

    @Test
    void comesWithItsLicences() throws Exception {
        String licences = read(record().get("file").asString().replace(".min.js", ".licences.txt"));
        record().get("packages")
                .forEachEntry((name, version) ->
                        assertThat(licences)
                                .contains("==== %s %s (MIT)".formatted(name, version.asString())));
        assertThat(licences).contains("==== tus-js-client ");
    }
}
