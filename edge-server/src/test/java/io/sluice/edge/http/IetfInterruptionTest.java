package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.IetfClient.Conversation;
import io.sluice.edge.http.IetfClient.Head;
import io.sluice.edge.http.IetfClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of the IETF's draft that hang, are cut, or come all at once, over two event loops. */
class IetfInterruptionTest {
    private static final int LENGTH = 300_000;
    private static final String BYTES = "0123456789".repeat(LENGTH / 10);

    @TempDir private static Path data;
    private static EdgeServer edge;
    private static IetfClient client;

    @BeforeAll
    static void start() {
        edge = start(data);
        client = IetfClient.of(edge);
    }

    private static EdgeServer start(Path directory) {
        return EdgeServer.start(
                directory,
                "sluice.edge.workers=2",
                "sluice.edge.timeouts.stall=60s",
                "sluice.edge.timeouts.linger=300ms");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @AfterEach
    void noLoopWasBlocked() {
        assertThat(LoopGuard.takeBlocked()).isEmpty();
    }

    /** Begins an upload whose rest does not come, and waits until so many bytes are safe. */
    private static Conversation hanging(int sent) throws Exception {
        return client.begin(
                "POST",
                IetfClient.PATH,
                BYTES.substring(0, sent),
                "Upload-Complete: ?1",
                "Content-Type: text/plain",
                "Content-Disposition: inline; filename=\"clean.txt\"",
                "Content-Length: " + LENGTH);
    }

    private static void finish(String upload) throws Exception {
        int offset = (int) client.offset(upload);
        Reply last = client.patch(upload, offset, true, BYTES.substring(offset), "Prefer: wait=20");
        assertThat(last.status()).as(last.body()).isEqualTo(201);
        assertThat(last.field("Upload-Complete")).isEqualTo("?1");
        assertThat(last.json().path("state").asString()).isEqualTo("ready");
        assertThat(edge.client().get(upload + "/content").text()).isEqualTo(BYTES);
    }

    @Nested
    class ARequestThatHangs {
        @Test
        void hasToldWhereItsUploadIsAndHowFarItCame() throws Exception {
            try (Conversation hanging = hanging(100_000)) {
                Head first = hanging.readHead();
                assertThat(first.status()).isEqualTo(104);
                assertThat(first.field("Upload-Draft-Interop-Version")).isEqualTo("8");
                assertThat(first.field("Upload-Limit")).contains("max-size=").contains("max-age=");
                String upload = first.field("Location");

                Head progress = hanging.readProgress(100_000);

                assertThat(progress.field("Location")).isEmpty();
                assertThat(client.offset(upload)).isEqualTo(100_000);
                assertThat(hanging.readReply().code()).isEqualTo("taken-over");
                finish(upload);
            }
        }

        @Test
        void isEndedByAnAppendWhichGoesOn() throws Exception {
            try (Conversation hanging = hanging(1000)) {
                String upload = hanging.readHead().field("Location");
                hanging.readProgress(1000);

                assertThat(client.patch(upload, 1000, false, BYTES.substring(1000)).status())
                        .isEqualTo(204);

                assertThat(hanging.readReply().status()).isEqualTo(409);
                finish(upload);
            }
        }

        @Test
        void isEndedByACancellation() throws Exception {
            try (Conversation hanging = hanging(1000)) {
                String upload = hanging.readHead().field("Location");

                assertThat(client.send("DELETE", upload, "").status()).isEqualTo(204);

                assertThat(hanging.readReply().code()).isEqualTo("taken-over");
                assertThat(client.head(upload).status()).isEqualTo(404);
            }
        }

        @Test
        void isLeftAloneByWhoOnlyLooks() throws Exception {
            try (Conversation hanging = hanging(1000)) {
                String upload = hanging.readHead().field("Location");
                hanging.readProgress(1000);
                IetfClient stranger = client.as(EdgeServer.OTHER_TENANT);
                IetfClient reader = client.as(EdgeServer.READER);

                assertThat(stranger.head(upload).status()).isEqualTo(404);
                assertThat(reader.head(upload).field("Upload-Offset")).isEmpty();
                assertThat(edge.client().get(upload).json().path("received").asInt())
                        .isEqualTo(1000);

                hanging.send(BYTES.substring(1000));
                assertThat(hanging.readReply().field("Upload-Complete")).isEqualTo("?1");
            }
        }
    }

    @Nested
    class ARequestThatIsCut {
        @Test
        void leavesWhatHasComeAndNothingComplete() throws Exception {
            String upload;
            try (Conversation cut = hanging(50_000)) {
                upload = cut.readHead().field("Location");
                cut.readProgress(50_000);
                cut.cut();
            }
            Reply head = client.head(upload);
            assertThat(head.field("Upload-Complete")).isEqualTo("?0");
            assertThat(head.field("Upload-Offset")).isEqualTo("50000");
            assertThat(head.field("Upload-Length")).isEqualTo(Integer.toString(LENGTH));
            finish(upload);
        }

        @Test
        void isNotCompleteWithAllItsBytesButTheirEnd() throws Exception {
            String upload;
            try (Conversation cut =
                    client.begin(
                            "POST",
                            IetfClient.PATH,
                            "5\r\nhello\r\n",
                            "Upload-Complete: ?1",
                            "Upload-Length: 5",
                            "Transfer-Encoding: chunked")) {
                upload = cut.readHead().field("Location");
                cut.readProgress(5);
                cut.cut();
            }
            Reply head = client.head(upload);
            assertThat(head.field("Upload-Offset")).isEqualTo("5");
            assertThat(head.field("Upload-Complete")).isEqualTo("?0");
            assertThat(client.patch(upload, 5, true, "").field("Upload-Complete")).isEqualTo("?1");
        }

        @Test
        void leavesNothingIfItsClientCouldNotLearnWhereItIs() throws Exception {
            IetfClient silent = client.speaking("");
            try (Conversation cut =
                    silent.begin(
                            "POST",
                            IetfClient.PATH,
                            "half",
                            "Upload-Complete: ?1",
                            "Content-Disposition: inline; filename=\"unreachable\"",
                            "Content-Length: 100")) {
                awaitListed(true);
                cut.cut();
            }
            awaitListed(false);
        }

        private void awaitListed(boolean isListed) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> receiving().contains("\"unreachable\"") == isListed);
        }

        private String receiving() throws Exception {
            return edge.client().get("/api/v1/uploads?state=receiving").text();
        }
    }

    @Nested
    class ManyRequestsAtOnce {
        @Test
        void makeOneWholeFileOfTheirBytes() throws Exception {
            String upload = client.create("");
            List<Future<Boolean>> clients = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < 8; i++) {
                    Callable<Boolean> one = () -> work(upload);
                    clients.add(threads.submit(one));
                }
                for (Future<Boolean> each : clients) {
                    assertThat(each.get()).isTrue();
                }
            }
            finish(upload);
        }

        /** Asks and goes on, as a client does that knows nothing of the others. */
        private boolean work(String upload) throws Exception {
            for (int i = 0; i < 6; i++) {
                int offset = (int) client.offset(upload);
                int end = Math.min(LENGTH, offset + 10_000);
                Reply patch = client.patch(upload, offset, false, BYTES.substring(offset, end));
                assertThat(patch.status()).as(patch.body()).isIn(204, 409);
            }
            return true;
        }
    }

    @Test
    void anUploadGoesOnAfterARestart(@TempDir Path directory) throws Exception {
        String upload;
        try (EdgeServer first = start(directory)) {
            upload = IetfClient.of(first).create(BYTES.substring(0, 1000), "Upload-Length: 2000");
        }
        try (EdgeServer second = start(directory)) {
            IetfClient again = IetfClient.of(second);
            assertThat(again.head(upload).field("Upload-Length")).isEqualTo("2000");
            assertThat(again.patch(upload, 1000, true, BYTES.substring(1000, 2000)).status())
                    .isEqualTo(202);
            assertThat(second.client().get(upload, "Prefer", "wait=20").json().path("size").asInt())
                    .isEqualTo(2000);
        }
    }
}
