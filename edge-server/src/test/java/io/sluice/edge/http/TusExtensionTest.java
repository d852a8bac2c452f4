package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tus 1.0.0 says of ending and joining uploads. */
@ExtendWith(WithEdgeServer.class)
class TusExtensionTest {
    private final Client client;
    private final TusClient tus;

    TusExtensionTest(EdgeServer edge) {
        this.client = edge.client();
        this.tus = new TusClient(client);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        tus.dropUnfinished();
    }

    @Nested
    class Termination {
        @Test
        void endsAnUnfinishedUpload() throws Exception {
            String upload = tus.create(10, "clean");
            tus.patch(upload, 0, "hello");

            assertThat(tus.send("DELETE", upload, "").status()).isEqualTo(204);

            assertThat(tus.head(upload).status()).isEqualTo(404);
            assertThat(tus.patch(upload, 5, "world").status()).isEqualTo(404);
            assertThat(tus.send("DELETE", upload, "").status()).isEqualTo(404);
        }

        @Test
        void endsAWholeUpload() throws Exception {
            String upload = tus.create(5, "clean");
            tus.patch(upload, 0, "hello");
            tus.ended(upload);

            assertThat(tus.send("DELETE", upload, "").status()).isEqualTo(204);
            assertThat(tus.head(upload).status()).isEqualTo(404);
            assertThat(client.get(upload).status()).isEqualTo(404);
        }

        @Test
        void isAlsoTheUploadsOwnDeletion() throws Exception {
            String upload = tus.create(10, "clean");
            assertThat(client.delete(upload.replace("/tus/", "/uploads/")).status()).isEqualTo(204);
            assertThat(tus.head(upload).status()).isEqualTo(404);
        }
    }

    @Nested
    class Concatenation {
        private String part(String bytes) throws Exception {
            String part =
                    tus.create(
                                    "Upload-Concat",
                                    "partial",
                                    "Upload-Length",
                                    Integer.toString(bytes.length()))
                            .header("Location");
            tus.patch(part, 0, bytes);
            return part;
        }

        @Test
        void makesOneUploadOfItsParts() throws Exception {
            String concat =
                    "final;%s http://elsewhere.example/files%s"
                            .formatted(part("hello"), part("world"));
            Answer created =
                    tus.create(
                            "Upload-Concat",
                            concat,
                            "Upload-Metadata",
                            TusClient.metadata("clean"));
            assertThat(created.status()).isEqualTo(201);
            String upload = created.header("Location");

            tus.ended(upload);

            assertThat(tus.content(upload).text()).isEqualTo("helloworld");
            Answer head = tus.head(upload);
            assertThat(head.header("Upload-Concat")).isEqualTo(concat);
            assertThat(head.header("Upload-Offset")).isEqualTo("10");
            assertThat(head.header("Upload-Length")).isEqualTo("10");
            assertThat(tus.patch(upload, 10, "x").status()).isEqualTo(403);
        }

        @Test
        void mayBeAskedForBeforeThePartsAreThere() throws Exception {
            String part =
                    tus.create("Upload-Concat", "partial", "Upload-Length", "5").header("Location");
            String upload =
                    tus.create(
                                    "Upload-Concat",
                                    "final;" + part,
                                    "Upload-Metadata",
                                    TusClient.metadata("clean"))
                            .header("Location");
            Answer unfinished = tus.head(upload);
            assertThat(unfinished.header("Upload-Length")).isEqualTo("5");
            assertThat(unfinished.header("Upload-Offset")).isEmpty();

            tus.patch(part, 0, "hello");

            tus.ended(upload);
            assertThat(tus.content(upload).text()).isEqualTo("hello");
        }

        @Test
        void leavesThePartsAsTheyWere() throws Exception {
            String part = part("hello");
            tus.create("Upload-Concat", "final;" + part);

            Answer head = tus.head(part);

            assertThat(head.header("Upload-Concat")).isEqualTo("partial");
            assertThat(head.header("Upload-Offset")).isEqualTo("5");
            assertThat(
                            client.get(part.replace("/tus/", "/uploads/"))
                                    .json()
                                    .path("state")
                                    .asString())
                    .isEqualTo("receiving");
        }

        @Test
        void refusesPartsThatAreNone() throws Exception {
            String whole = tus.create(5, "clean");
            assertThat(tus.create("Upload-Concat", "final;" + whole).code())
                    .isEqualTo("no-partial-upload");
            TusClient stranger = new TusClient(client.as(EdgeServer.OTHER_TENANT));
            assertThat(stranger.create("Upload-Concat", "final;" + part("x")).code())
                    .isEqualTo("no-partial-upload");
        }

        @Test
        void takesNoLengthOfItsOwn() throws Exception {
            assertThat(
                            tus.create("Upload-Concat", "final;" + part("x"), "Upload-Length", "1")
                                    .status())
                    .isEqualTo(400);
        }
    }
}
