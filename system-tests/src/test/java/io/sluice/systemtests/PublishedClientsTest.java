package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of other people, as they are published, send files whole, in pieces and again. */
@ExtendWith(Shared.class)
class PublishedClientsTest {
    /** No multiple of the clients' chunks. */
    private static final int LENGTH = 3_000_000;

    private static final int CHUNK = 256 * 1024;

    private final Sluice sluice;
    private final byte[] bytes = TestFile.text(LENGTH, 90);

    @TempDir private Path directory;

    PublishedClientsTest(Sluice sluice) {
        this.sluice = sluice;
    }

    private Path file() throws Exception {
        return Files.write(directory.resolve("sent.txt"), bytes);
    }

    private URI tus() {
        return sluice.base().resolve("/api/v1/tus");
    }

    /** Asserts that the upload at that URL has become what was sent. */
    private JsonNode arrived(String url) throws Exception {
        String id = url.substring(url.lastIndexOf('/') + 1);
        JsonNode end = sluice.api().end(id);
        assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
        assertThat(end.get("sha256").asString()).isEqualTo(Sha256.hex(bytes));
        return end;
    }

    private static String url(List<String> lines) {
        return JsonMapper.shared().readTree(lines.getLast()).get("url").asString();
    }

    @Nested
    class TusJsClient {
        private String send(String scenario) throws Exception {
            Clients.install();
            return url(
                    Clients.run(sluice.api(), _ -> {}, "node", "tus.mjs", tus(), file(), scenario));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "whole",
                    "creation-with-upload",
                    "chunks",
                    "parallel",
                    "deferred-length",
                    "method-override",
                    "resume"
                })
        void sends(String scenario) throws Exception {
            JsonNode upload = arrived(send(scenario));
            if (!scenario.equals("parallel")) {
                assertThat(upload.get("filename").asString()).isEqualTo("Übergröße 日本 😀.txt");
                assertThat(upload.at("/metadata/note").asString()).isEqualTo("słońce");
            }
        }

        @Test
        void takesAnUploadBack() throws Exception {
            String path = URI.create(send("terminate")).getPath();
            assertThat(sluice.api().head(path, "Tus-Resumable", "1.0.0").status()).isEqualTo(404);
        }

        @Test
        void goesOnWhenTheServerWasKilled() throws Exception {
            Clients.install();
            long[] killed = {0};
            List<String> lines =
                    Clients.run(
                            sluice.api(),
                            line -> {
                                if (line.contains("\"sent\"")) {
                                    killed[0] = sluice.kill("edge");
                                }
                            },
                            "node",
                            "tus.mjs",
                            tus(),
                            file(),
                            "killed");
            assertThat(lines).anyMatch(line -> line.contains("\"retry\""));
            sluice.awaitReady("edge", killed[0]);
            arrived(url(lines));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tus", "xhr"})
    void uppySendsWithoutABrowser(String uploader) throws Exception {
        Clients.install();
        JsonNode upload =
                arrived(
                        url(
                                Clients.run(
                                        sluice.api(),
                                        _ -> {},
                                        "node",
                                        "uppy.mjs",
                                        sluice.base(),
                                        file(),
                                        uploader)));
        assertThat(upload.get("filename").asString()).isEqualTo("sent.txt");
    }

    @Test
    void tuspySendsSomeAndGoesOn() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeThat(Path.of("/usr/lib/python3/dist-packages/tusclient"))
                .as("Debian's python3-tuspy")
                .exists();
        JsonNode upload =
                arrived(
                        Clients.run(
                                        sluice.api(),
                                        _ -> {},
                                        python,
                                        "tus.py",
                                        tus(),
                                        file(),
                                        directory.resolve("urls.json"))
                                .getLast());
        assertThat(upload.get("filename").asString()).isEqualTo("Größe.txt");
    }

    @Test
    void tusJavaClientSendsSomeAndGoesOn() throws Exception {
        TusClient client = new TusClient();
        client.setUploadCreationURL(tus().toURL());
        client.enableResuming(new TusURLMemoryStore());
        client.setHeaders(Map.of("Authorization", "Bearer " + sluice.api().key()));
        TusUploader first = client.resumeOrCreateUpload(upload());
        first.setChunkSize(CHUNK);
        first.uploadChunk();
        first.finish();
        TusUploader again = client.resumeOrCreateUpload(upload());
        assertThat(again.getUploadURL()).isEqualTo(first.getUploadURL());
        assertThat(again.getOffset()).isEqualTo(CHUNK);
        while (again.uploadChunk() > -1) {
            // Until nothing is left.
        }
        again.finish();
        arrived(again.getUploadURL().toString());
    }

    private TusUpload upload() throws Exception {
        TusUpload upload = new TusUpload(file().toFile());
        upload.setFingerprint("sent");
        upload.setMetadata(Map.of("filename", "sent.txt", "filetype", "text/plain"));
        return upload;
    }

    @Nested
    class Curl {
        private List<String> curl(Object... arguments) throws Exception {
            PythonProcessor.assumeOnPath("curl");
            Object[] command =
                    Stream.concat(
                                    Stream.of(
                                            "curl",
                                            "--silent",
                                            "--show-error",
                                            "--fail",
                                            "--header",
                                            "Authorization: Bearer " + sluice.api().key()),
                                    Stream.of(arguments))
                            .toArray();
            return Clients.run(sluice.api(), _ -> {}, command);
        }

        @Test
        void sendsARawBody() throws Exception {
            String raw = "@" + file();
            arrived(
                    url(
                            curl(
                                    "--header",
                                    "Content-Type: text/plain",
                                    "--data-binary",
                                    raw,
                                    sluice.base().resolve(Api.UPLOADS))));
        }

        @Test
        void sendsAFileAsItComes() throws Exception {
            arrived(
                    url(
                            curl(
                                    "--request",
                                    "POST",
                                    "--header",
                                    "Transfer-Encoding: chunked",
                                    "--upload-file",
                                    file(),
                                    sluice.base().resolve(Api.UPLOADS))));
        }

        @Test
        void sendsAForm() throws Exception {
            JsonNode upload =
                    arrived(
                            url(
                                    curl(
                                            "--form",
                                            "file=@" + file() + ";type=text/plain",
                                            sluice.base().resolve(Api.UPLOADS))));
            assertThat(upload.get("filename").asString()).isEqualTo("sent.txt");
        }

        @Test
        void fetchesTheRestOfWhatItHasBegun() throws Exception {
            String id = sluice.api().ready(bytes, "text/plain");
            Path fetched = directory.resolve("fetched.txt");
            Files.write(fetched, Arrays.copyOf(bytes, LENGTH / 3));
            curl(
                    "--continue-at",
                    "-",
                    "--output",
                    fetched,
                    sluice.base().resolve(Api.UPLOADS + "/" + id + "/content"));
            assertThat(fetched).hasBinaryContent(bytes);
        }

        @Test
        void goesOnByTusFromWhereItWas() throws Exception {
            String location =
                    curl(
                                    "--include",
                                    "--request",
                                    "POST",
                                    "--header",
                                    "Tus-Resumable: 1.0.0",
                                    "--header",
                                    "Upload-Length: " + LENGTH,
                                    tus())
                            .stream()
                            .filter(line -> line.startsWith("Location: "))
                            .map(line -> line.substring("Location: ".length()).strip())
                            .findFirst()
                            .orElseThrow();
            Path first = Files.write(directory.resolve("1"), Arrays.copyOf(bytes, CHUNK));
            Path rest =
                    Files.write(directory.resolve("2"), Arrays.copyOfRange(bytes, CHUNK, LENGTH));
            patch(location, 0, first);
            patch(location, CHUNK, rest);
            arrived(location);
        }

        private void patch(String location, int offset, Path part) throws Exception {
            curl(
                    "--request",
                    "PATCH",
                    "--header",
                    "Tus-Resumable: 1.0.0",
                    "--header",
                    "Content-Type: application/offset+octet-stream",
                    "--header",
                    "Upload-Offset: " + offset,
                    "--upload-file",
                    part,
                    sluice.base().resolve(location));
        }
    }
}
