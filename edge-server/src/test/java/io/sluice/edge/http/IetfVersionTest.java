package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.IetfClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the answers differ by the version that a client speaks. */
@ExtendWith(WithEdgeServer.class)
class IetfVersionTest {
    private final EdgeServer edge;
    private final IetfClient newest;

    IetfVersionTest(EdgeServer edge) {
        this.edge = edge;
        this.newest = IetfClient.of(edge);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        new TusClient(edge.client()).dropUnfinished();
    }

    private Reply whole(IetfClient client) throws Exception {
        return client.send(
                "POST",
                IetfClient.PATH,
                "hello",
                "Upload-Complete: ?1",
                "Content-Type: text/plain");
    }

    @Nested
    class AVersion {
        @ParameterizedTest
        @ValueSource(strings = {"6", "7", "8"})
        void thatIsKnownIsTheOneOfTheInterimResponse(String version) throws Exception {
            Reply reply = whole(newest.speaking(version));
            assertThat(reply.resumptions()).isNotEmpty();
            assertThat(reply.resumptions().getFirst().field("Upload-Draft-Interop-Version"))
                    .isEqualTo(version);
            assertThat(reply.status()).isEqualTo(202);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "3", "5", "9", "08.0", "\"8\"", "8, 8"})
        void thatIsNotKnownGetsNone(String version) throws Exception {
            Reply reply = whole(newest.speaking(version));
            assertThat(reply.interims()).isEmpty();
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.field("Upload-Complete")).isEqualTo("?1");
        }
    }

    @Nested
    class Six {
        private final IetfClient client = newest.speaking("6");

        @Test
        void callsTheAgeExpiry() throws Exception {
            assertThat(client.send("OPTIONS", IetfClient.PATH, "").field("Upload-Limit"))
                    .matches("max-size=\\d+, expires=\\d+");
        }

        @Test
        void answersAppendsAsCreationsAndTellsTheOffset() throws Exception {
            String upload = client.create("he");
            Reply reply = client.patch(upload, 2, false, "ll");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.field("Upload-Offset")).isEqualTo("4");
            assertThat(client.patch(upload, 4, true, "o").field("Upload-Offset")).isEqualTo("5");
        }

        @Test
        void takesAnAppendWithoutCompletenessForOneOfMore() throws Exception {
            String upload = client.create("he");
            Reply reply =
                    client.send(
                            "PATCH",
                            upload,
                            "llo",
                            "Content-Type: application/partial-upload",
                            "Upload-Offset: 2");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(client.head(upload).field("Upload-Complete")).isEqualTo("?0");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Upload-Offset: 0", "Upload-Complete: ?0"})
        void refusesFieldsOfAnAppendElsewhere(String field) throws Exception {
            String upload = client.create("he");
            assertThat(client.send("HEAD", upload, "", field).status()).isEqualTo(400);
            assertThat(client.send("DELETE", upload, "", field).status()).isEqualTo(400);
            assertThat(newest.send("HEAD", upload, "", field).status()).isEqualTo(204);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "more"})
        void changesNothingOfACompleteUpload(String more) throws Exception {
            String upload = whole(client).field("Location");
            Reply reply = client.patch(upload, 5, true, more);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("type").asString())
                    .isEqualTo("https://iana.org/assignments/http-problem-types#completed-upload");
        }
    }

    @Nested
    class Seven {
        private final IetfClient client = newest.speaking("7");

        @Test
        void saysWhereUploadsBeginThatTheyCanBeAppendedTo() throws Exception {
            assertThat(client.send("OPTIONS", IetfClient.PATH, "").field("Accept-Patch"))
                    .isEqualTo("application/partial-upload");
            assertThat(newest.send("OPTIONS", IetfClient.PATH, "").field("Accept-Patch")).isEmpty();
        }

        @Test
        void changesNothingOfACompleteUpload() throws Exception {
            String upload = whole(client).field("Location");
            assertThat(client.patch(upload, 5, true, "").code()).isEqualTo("completed-upload");
            assertThat(client.patch(upload, 5, true, "more").code())
                    .isEqualTo("inconsistent-upload-length");
        }
    }

    @Nested
    class Eight {
        @Test
        void answersTheRequestThatEndedAnUploadOnceMore() throws Exception {
            String upload = whole(newest).field("Location");
            Reply reply = newest.patch(upload, 5, true, "", "Prefer: wait=20");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.field("Upload-Complete")).isEqualTo("?1");
            assertThat(reply.json().path("size").asInt()).isEqualTo(5);
        }

        @Test
        void letsNothingFollow() throws Exception {
            String upload = whole(newest).field("Location");
            Reply more = newest.patch(upload, 5, false, "");
            assertThat(more.code()).isEqualTo("completed-upload");
            assertThat(more.field("Upload-Complete")).isEqualTo("?0");
            assertThat(newest.patch(upload, 3, true, "").code())
                    .isEqualTo("mismatching-upload-offset");
        }

        @Test
        void needsTheCompletenessOfAnAppend() throws Exception {
            String upload = newest.create("he");
            Reply reply =
                    newest.send(
                            "PATCH",
                            upload,
                            "llo",
                            "Content-Type: application/partial-upload",
                            "Upload-Offset: 2");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(newest.offset(upload)).isEqualTo(2);
        }

        @Test
        void tellsTheOffsetAlsoToAGet() throws Exception {
            String upload = newest.create("he");
            Reply reply = newest.send("GET", upload, "");
            assertThat(reply.field("Upload-Offset")).isEqualTo("2");
            assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.json().path("state").asString()).isEqualTo("receiving");
            assertThat(newest.speaking("").send("GET", upload, "").field("Upload-Offset"))
                    .isEmpty();
        }
    }

    @Nested
    class WhatComesInOneRequestOnly {
        @Test
        void isTakenAtOnce() throws Exception {
            Reply reply =
                    newest.send(
                            "POST",
                            IetfClient.PATH,
                            "once",
                            "Upload-Complete: ?1",
                            "Idempotency-Key: only-once");
            assertThat(reply.interims()).isEmpty();
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.field("Upload-Complete")).isEqualTo("?1");
        }

        @Test
        void canNotBePromisedMoreOf() throws Exception {
            Reply reply =
                    newest.send(
                            "POST",
                            IetfClient.PATH,
                            "once",
                            "Upload-Complete: ?0",
                            "Idempotency-Key: only-twice");
            assertThat(reply.status()).isEqualTo(400);
        }
    }
}
