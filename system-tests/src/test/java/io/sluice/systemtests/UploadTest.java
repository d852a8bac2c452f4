package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Shared.class)
class UploadTest {
    private static final String TEXT = "text/plain";

    private final Api api;

    UploadTest(Sluice sluice) {
        api = sluice.api();
    }

    @Nested
    class ARawBody {
        @Test
        void isAcknowledgedWithItsPlaceAndState() throws Exception {
            byte[] photo = TestFile.read("camera.jpg");
            Answer answer =
                    api.post(
                            photo,
                            "image/jpeg",
                            "Content-Disposition",
                            "attachment; filename=\"cat.jpg\"");
            JsonNode upload = answer.isStatus(202).json();
            String id = upload.get("id").asString();
            assertThat(UUID.fromString(id).version()).isEqualTo(7);
            assertThat(answer.header("location")).endsWith(Api.UPLOADS + "/" + id);
            assertThat(upload.get("state").asString()).isIn("stored", "processing");
            assertThat(upload.get("filename").asString()).isEqualTo("cat.jpg");
            assertThat(upload.get("declaredType").asString()).isEqualTo("image/jpeg");
            assertThat(upload.get("size").asLong()).isEqualTo(photo.length);
            assertThat(upload.get("sha256").asString()).isEqualTo(Sha256.hex(photo));
            assertThat(upload.get("profile").asString()).isEqualTo("default");
            assertThat(upload.get("links").get("self").asString()).contains(id);
        }

        @Test
        void comesBackByteForByte() throws Exception {
            byte[] photo = TestFile.read("camera.jpg");
            String id = api.ready(photo, "image/jpeg");
            assertThat(api.content(id).isStatus(200).body()).isEqualTo(photo);
        }

        @Test
        void needsNoLengthInAdvance() throws Exception {
            byte[] text = TestFile.text(300_000, 1);
            String id =
                    Api.id(
                            api.post(
                                            BodyPublishers.ofByteArrays(List.of(text)),
                                            TEXT,
                                            "Prefer",
                                            "wait=60")
                                    .isStatus(201));
            assertThat(api.content(id).isStatus(200).body()).isEqualTo(text);
        }

        @Test
        void isWaitedForOnDemand() throws Exception {
            Answer answer =
                    api.post(TestFile.photo("waited for"), "image/jpeg", "Prefer", "wait=60");
            assertThat(Api.state(answer.isStatus(201).json())).isEqualTo("ready");
        }

        @Test
        void ofNoByteIsRejected() throws Exception {
            JsonNode end = api.end(api.upload(TestFile.read("empty.bin"), TEXT));
            assertThat(Api.state(end)).isEqualTo("rejected");
            assertThat(end.get("problem").toString()).contains("empty-file");
        }
    }

    @Nested
    class AForm {
        @Test
        void bringsSeveralFilesWithFieldsBehindThem() throws Exception {
            byte[] first = TestFile.photo("form");
            byte[] second = TestFile.text(100_000, 2);
            byte[] body =
                    new Form()
                            .file("one.jpg", "image/jpeg", first)
                            .file("two.txt", TEXT, second)
                            .field("profile", "gallery")
                            .field("metadata", "{\"album\":\"summer\"}")
                            .body();
            JsonNode uploads = api.post(body, Form.TYPE).isStatus(202).json().get("uploads");
            assertThat(uploads).hasSize(2);
            for (JsonNode upload : uploads) {
                JsonNode end = api.end(upload.get("id").asString());
                assertThat(Api.state(end)).isEqualTo("ready");
                assertThat(end.get("profile").asString()).isEqualTo("gallery");
                assertThat(end.get("metadata").get("album").asString()).isEqualTo("summer");
                boolean isFirst = end.get("filename").asString().equals("one.jpg");
                assertThat(api.content(end.get("id").asString()).body())
                        .isEqualTo(isFirst ? first : second);
            }
        }

        @Test
        void isWaitedForAsAWhole() throws Exception {
            byte[] body =
                    new Form()
                            .file("a.txt", TEXT, TestFile.text(10, 3))
                            .file("b.txt", TEXT, TestFile.text(20, 4))
                            .body();
            JsonNode uploads =
                    api.post(body, Form.TYPE, "Prefer", "wait=60")
                            .isStatus(201)
                            .json()
                            .get("uploads");
            assertThat(uploads).hasSize(2).allMatch(upload -> Api.state(upload).equals("ready"));
        }

        @Test
        void thatEndsInTheMiddleLeavesNothing() throws Exception {
            byte[] whole = new Form().file("cut.txt", TEXT, TestFile.text(5000, 5)).body();
            byte[] cut = java.util.Arrays.copyOf(whole, 3000);
            api.post(cut, Form.TYPE).isProblem(400, "malformed");
        }
    }

    @Nested
    class AnIdempotencyKey {
        @Test
        void givesTheSameUploadWhenTheRequestIsRepeated() throws Exception {
            byte[] text = TestFile.text(2000, 6);
            String key = UUID.randomUUID().toString();
            Answer first = api.post(text, TEXT, "Idempotency-Key", key).isStatus(202);
            Answer second = api.post(text, TEXT, "Idempotency-Key", key).isStatus(200);
            assertThat(Api.id(second)).isEqualTo(Api.id(first));
        }

        @Test
        void isRefusedForOtherBytes() throws Exception {
            String key = UUID.randomUUID().toString();
            api.post(TestFile.text(2000, 7), TEXT, "Idempotency-Key", key).isStatus(202);
            api.post(TestFile.text(2000, 8), TEXT, "Idempotency-Key", key)
                    .isProblem(422, "idempotency-conflict");
        }
    }

    @Nested
    class ADigest {
        @Test
        void thatIsRightLetsTheUploadThrough() throws Exception {
            byte[] text = TestFile.text(2000, 9);
            api.post(text, TEXT, "Repr-Digest", "sha-256=:" + Sha256.base64(text) + ":")
                    .isStatus(202);
        }

        @Test
        void thatIsWrongRefusesIt() throws Exception {
            String digest = Sha256.base64("something else".getBytes(StandardCharsets.UTF_8));
            api.post(TestFile.text(2000, 10), TEXT, "Repr-Digest", "sha-256=:" + digest + ":")
                    .isProblem(422, "digest-mismatch");
        }
    }
}
