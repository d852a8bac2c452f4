package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.Client.Answer;
import io.sluice.edge.spool.DiskExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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

/** Requests that hang, are cut, or come all at once, over two event loops. */
class TusInterruptionTest {
    private static final int LENGTH = 1_000_000;
    private static final String BYTES = "0123456789".repeat(LENGTH / 10);

    @TempDir private static Path data;
    private static EdgeServer edge;
    private static TusClient tus;

    @BeforeAll
    static void start() {
        edge =
                EdgeServer.start(
                        data,
                        "sluice.edge.workers=2",
                        "sluice.disk.threads=1",
                        "sluice.upload.max-concurrent=40",
                        "sluice.edge.timeouts.stall=60s",
                        "sluice.edge.timeouts.linger=300ms");
        tus = new TusClient(edge.client());
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @AfterEach
    void noLoopWasBlocked() {
        assertThat(LoopGuard.takeBlocked()).isEmpty();
    }

    /** A PATCH whose rest never comes. */
    private static RawClient hanging(String upload, long offset, String bytes, String... fields)
            throws Exception {
        StringBuilder more = new StringBuilder();
        for (String field : fields) {
            more.append(field).append("\r\n");
        }
        return edge.connect()
                .send(
                        """
                        PATCH %s HTTP/1.1\r
                        Host: x\r
                        Authorization: Bearer %s\r
                        Tus-Resumable: 1.0.0\r
                        Upload-Offset: %d\r
                        Content-Type: application/offset+octet-stream\r
                        Content-Length: %d\r
                        %s\r
                        %s\
                        """
                                .formatted(
                                        upload,
                                        edge.adminKey(),
                                        offset,
                                        LENGTH - offset,
                                        more,
                                        bytes));
    }

    /** Waits until the request has the upload: its file is there then. */
    private static void awaitBegun(String upload) {
        Path file = data.resolve("spool").resolve(upload.substring(upload.lastIndexOf('/') + 1));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file));
    }

    private static void finish(String upload) throws Exception {
        int offset = (int) tus.offset(upload);
        if (offset < LENGTH) {
            Answer last = tus.patch(upload, offset, BYTES.substring(offset));
            assertThat(last.status()).as(last.text()).isEqualTo(204);
        }
        assertThat(tus.ended(upload).json().path("state").asString()).isEqualTo("ready");
        assertThat(tus.content(upload).text()).isEqualTo(BYTES);
    }

    @Nested
    class AHangingRequest {
        @Test
        void isEndedByAHeadWhichSeesWhatItLeft() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            try (RawClient old = hanging(upload, 0, BYTES.substring(0, 12_345))) {
                awaitBegun(upload);

                assertThat(tus.offset(upload)).isBetween(0L, 12_345L);

                assertThat(old.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 409 ");
                assertThat(old.readAll()).contains("/problems/taken-over");
            }
            finish(upload);
        }

        @Test
        void isEndedByAPatchWhichGoesOn() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            try (RawClient old = hanging(upload, 0, "")) {
                awaitBegun(upload);
                Answer newer = tus.patch(upload, 0, BYTES);

                assertThat(newer.status()).isEqualTo(204);
                assertThat(old.readAll()).contains("/problems/taken-over");
            }
            finish(upload);
        }

        @Test
        void isEndedByADelete() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            try (RawClient old = hanging(upload, 0, "some")) {
                awaitBegun(upload);

                assertThat(tus.send("DELETE", upload, "").status()).isEqualTo(204);

                assertThat(old.readAll()).contains("/problems/taken-over");
            }
            assertThat(tus.head(upload).status()).isEqualTo(404);
        }

        @Test
        void leavesNothingThatHasNotProvenItself() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            try (RawClient old =
                    hanging(
                            upload,
                            0,
                            "some",
                            "Upload-Checksum: sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=")) {
                awaitBegun(upload);

                assertThat(tus.offset(upload)).isZero();
                assertThat(old.readAll()).contains("/problems/taken-over");
            }
            finish(upload);
        }

        @Test
        void isLeftAloneByAStranger() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            try (RawClient mine = hanging(upload, 0, BYTES.substring(0, 1000))) {
                awaitBegun(upload);
                TusClient stranger = new TusClient(edge.client().as(EdgeServer.OTHER_TENANT));
                assertThat(stranger.head(upload).status()).isEqualTo(404);

                mine.send(BYTES.substring(1000));

                assertThat(mine.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
            }
            finish(upload);
        }
    }

    @Nested
    class ACutRequest {
        @Test
        void leavesWhatHasCome() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            for (int i = 0; i < 5; i++) {
                int offset = (int) tus.offset(upload);
                RawClient cut = hanging(upload, offset, BYTES.substring(offset, offset + 50_000));
                awaitBegun(upload);
                if (i % 2 == 0) {
                    cut.reset();
                } else {
                    cut.close();
                }
            }
            assertThat(tus.offset(upload)).isBetween(0L, 250_000L);
            finish(upload);
        }

        @Test
        void thatWasToCreateItsUploadLeavesNothing() throws Exception {
            try (RawClient raw = edge.connect()) {
                raw.send(
                        """
                        POST /api/v1/tus HTTP/1.1\r
                        Host: x\r
                        Authorization: Bearer %s\r
                        Tus-Resumable: 1.0.0\r
                        Upload-Length: 100\r
                        Upload-Metadata: filename aGFsZg==\r
                        Content-Type: application/offset+octet-stream\r
                        Content-Length: 100\r
                        \r
                        some\
                        """
                                .formatted(edge.adminKey()));
                awaitListed(true);
                raw.reset();
            }
            awaitListed(false);
        }

        private void awaitListed(boolean isListed) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> receiving().contains("\"half\"") == isListed);
        }

        private String receiving() throws Exception {
            return edge.client().get("/api/v1/uploads?state=receiving").text();
        }
    }

    @Nested
    class ManyRequestsAtOnce {
        @Test
        void makeOneWholeFileOfTheirBytes() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            List<Future<Boolean>> clients = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
                for (int i = 0; i < 12; i++) {
                    Callable<Boolean> client = () -> work(upload);
                    clients.add(threads.submit(client));
                }
                for (Future<Boolean> each : clients) {
                    assertThat(each.get()).isTrue();
                }
            }
            finish(upload);
        }

        /** Asks and goes on, as a client does that knows nothing of the others. */
        private boolean work(String upload) throws Exception {
            for (int i = 0; i < 8; i++) {
                Answer head = tus.head(upload);
                assertThat(head.status()).isIn(200, 503);
                if (head.status() == 200) {
                    int offset = Integer.parseInt(head.header("Upload-Offset"));
                    int end = Math.min(LENGTH, offset + 20_000);
                    Answer patch = tus.patch(upload, offset, BYTES.substring(offset, end));
                    assertThat(patch.status()).as(patch.text()).isIn(204, 409, 503);
                }
            }
            return true;
        }
    }

    @Nested
    class ADiskThatHangs {
        @Test
        void isNotWaitedForForEver() throws Exception {
            String upload = tus.create(LENGTH, "clean");
            CountDownLatch disk = new CountDownLatch(1);
            try (RawClient old = hanging(upload, 0, BYTES.substring(0, 100))) {
                awaitBegun(upload);
                var hung =
                        edge.bean(DiskExecutor.class)
                                .submit(() -> {
                                    disk.await();
                                    return true;
                                });
                try {
                    Answer head = tus.head(upload);
                    assertThat(head.status()).isEqualTo(503);
                    assertThat(head.header("Retry-After")).isNotEmpty();
                } finally {
                    disk.countDown();
                    hung.join();
                }
                assertThat(old.readAll()).contains("/problems/taken-over");
            }
            finish(upload);
        }
    }
}
