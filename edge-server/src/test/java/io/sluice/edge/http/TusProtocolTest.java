package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tus 1.0.0 says of versions and of creating uploads, in the order of its text. */
@ExtendWith(WithEdgeServer.class)
class TusProtocolTest {
    private static final String MAX_SIZE = Integer.toString(4 << 20);

    private final EdgeServer edge;
    private final Client client;
    private final TusClient tus;

    TusProtocolTest(EdgeServer edge) {
        this.edge = edge;
        this.client = edge.client();
        this.tus = new TusClient(client);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        tus.dropUnfinished();
    }

    @Nested
    class Options {
        @ParameterizedTest
        @ValueSource(strings = {"", "9.9.9"})
        void tellWhatTheServerCanWithoutAKeyAndWhateverTheVersion(String version) throws Exception {
            Answer answer =
                    client.as("")
                            .send(
                                    "OPTIONS",
                                    TusClient.PATH,
                                    BodyPublishers.noBody(),
                                    "Tus-Resumable",
                                    version);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
            assertThat(answer.header("Tus-Version")).isEqualTo("1.0.0");
            assertThat(answer.header("Tus-Max-Size")).isEqualTo(MAX_SIZE);
            assertThat(answer.header("Tus-Extension").split(","))
                    .containsExactlyInAnyOrder(
                            "creation",
                            "creation-with-upload",
                            "creation-defer-length",
                            "expiration",
                            "checksum",
                            "checksum-trailer",
                            "termination",
                            "concatenation",
                            "concatenation-unfinished");
            assertThat(answer.header("Tus-Checksum-Algorithm").split(","))
                    .containsExactlyInAnyOrder("md5", "sha1", "sha256", "sha512", "crc32c");
        }
    }

    @Nested
    class TheVersion {
        @ParameterizedTest
        @ValueSource(strings = {"POST", "HEAD", "PATCH", "DELETE", "GET", "PUT"})
        void isComparedBeforeEverythingElse(String method) throws Exception {
            Answer answer =
                    client.as("wrong")
                            .send(
                                    method,
                                    TusClient.PATH + "/nothing",
                                    BodyPublishers.noBody(),
                                    "Tus-Resumable",
                                    "0.2.2");

            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.header("Tus-Version")).isEqualTo("1.0.0");
            assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
        }

        @Test
        void mustBeThere() throws Exception {
            assertThat(client.send("POST", TusClient.PATH, BodyPublishers.noBody()).status())
                    .isEqualTo(412);
        }

        @ParameterizedTest
        @CsvSource({
            "401, wrong, POST, /api/v1/tus",
            "404, , HEAD, /api/v1/tus/nothing",
            "404, , PATCH, /api/v1/tus/0192f3a0-0000-7000-8000-000000000000/more",
            "405, , PUT, /api/v1/tus",
            "400, , POST, /api/v1/tus",
            "415, , PATCH, /api/v1/tus/0192f3a0-0000-7000-8000-000000000000"
        })
        void isNamedByEveryAnswer(int status, String key, String method, String path)
                throws Exception {
            TusClient sender = key == null ? tus : new TusClient(client.as(key));

            Answer answer = sender.send(method, path, "");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "POST /api/v1/tus HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                    "POST /api/v1/tus HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
                })
        void isNamedWhenTheRequestIsNoHttp(String request) throws Exception {
            try (RawClient raw = edge.connect()) {
                assertThat(raw.send(request).readAll())
                        .startsWith("HTTP/1.1 400 ")
                        .containsIgnoringCase("tus-resumable: 1.0.0");
            }
        }
    }

    @Nested
    class Creation {
        @Test
        void givesAnUrlAndTheTimeItIsGoodFor() throws Exception {
            Answer created = tus.create("Upload-Length", "100");

            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Location")).matches("/api/v1/tus/[0-9a-f-]{36}");
            assertThat(created.header("Upload-Expires"))
                    .matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
            assertThat(tus.offset(created.header("Location"))).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Upload-Length: -1",
                    "Upload-Length: x",
                    "Upload-Length: 99999999999999999999",
                    "Upload-Defer-Length: 2",
                    "Upload-Concat: partially",
                    "Upload-Concat: final;/nowhere"
                })
        void refusesWhatItDoesNotUnderstand(String field) throws Exception {
            String[] words = field.split(": ", 2);
            assertThat(tus.create(words[0], words[1]).status()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b c", "a YQ==,a YQ==", ",", "a ?"})
        void refusesMalformedMetadata(String metadata) throws Exception {
            Answer answer = tus.create("Upload-Length", "1", "Upload-Metadata", metadata);
            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void refusesTheLengthTwiceOver() throws Exception {
            assertThat(tus.create("Upload-Length", "1", "Upload-Defer-Length", "1").status())
                    .isEqualTo(400);
        }

        @Test
        void refusesMoreThanTheLargestSize() throws Exception {
            Answer answer = tus.create("Upload-Length", Integer.toString((4 << 20) + 1));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Tus-Max-Size")).isEqualTo(MAX_SIZE);
        }

        @Test
        void givesMetadataBackAsItCame() throws Exception {
            String metadata = "filename Y2xlYW4=,is_confidential, odd /+8=";
            String upload =
                    tus.create("Upload-Length", "1", "Upload-Metadata", metadata)
                            .header("Location");
            assertThat(tus.head(upload).header("Upload-Metadata")).isEqualTo(metadata);
        }

        @Test
        void takesEmptyMetadataForNone() throws Exception {
            String upload =
                    tus.create("Upload-Length", "1", "Upload-Metadata", "").header("Location");
            assertThat(tus.head(upload).response().headers().map())
                    .doesNotContainKey("upload-metadata");
        }

        @Test
        void ofAnEmptyFileIsTheWholeUpload() throws Exception {
            String upload = tus.create(0, "clean");
            assertThat(tus.ended(upload).json().path("state").asString()).isEqualTo("ready");
        }

        @Test
        void refusesAProfileThatIsNotThere() throws Exception {
            assertThat(
                            tus.create(
                                            "Upload-Length",
                                            "1",
                                            "Upload-Metadata",
                                            "profile " + base64("nope"))
                                    .code())
                    .isEqualTo("unknown-profile");
        }
    }

    @Nested
    class CreationWithUpload {
        @Test
        void takesTheFirstBytes() throws Exception {
            Answer created = post("hello", "Upload-Length", "10");
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Upload-Offset")).isEqualTo("5");

            assertThat(tus.patch(created.header("Location"), 5, "world").status()).isEqualTo(204);

            assertThat(tus.ended(created.header("Location")).json().path("size").asLong())
                    .isEqualTo(10);
        }

        @Test
        void takesAllBytes() throws Exception {
            Answer created = post("hello", "Upload-Length", "5");
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Upload-Offset")).isEqualTo("5");
            tus.ended(created.header("Location"));
            assertThat(tus.content(created.header("Location")).text()).isEqualTo("hello");
        }

        @Test
        void takesBytesOfItsOwnTypeOnly() throws Exception {
            Answer answer = tus.send("POST", TusClient.PATH, "hello", "Upload-Length", "5");
            assertThat(answer.status()).isEqualTo(415);
        }

        @Test
        void takesNoMoreThanTheLength() throws Exception {
            assertThat(post("hello", "Upload-Length", "4").status()).isEqualTo(413);
        }

        private Answer post(String body, String... headers) throws Exception {
            String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = "application/offset+octet-stream";
            return tus.send("POST", TusClient.PATH, body, all);
        }
    }
}
