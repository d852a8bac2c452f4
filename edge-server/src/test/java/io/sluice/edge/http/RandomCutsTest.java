package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads whose connections end at random bytes. */
class RandomCutsTest {
    private static final int UPLOADS = 200;
    private static final int CLIENTS = 8;
    private static final int MOST_CUTS = 5;
    private static final int CUT_FOR_GOOD = 2_000;

    /** Around the sizes of reads, writes and pages; the others are random. */
    private static final int[] SIZES = {
        0, 1, 2, 1023, 1024, 1025, 4095, 4096, 4097, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537,
        262_143, 262_144, 262_145, 1_048_575, 1_048_576, 1_048_577, 3_000_000
    };

    private static final int USUAL_MOST = 200_000;

    @TempDir private static Path data;
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.start(data, "sluice.edge.workers=2", "sluice.edge.timeouts.linger=300ms");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(LoopGuard.takeBlocked()).isEmpty();
        edge.awaitEmptySpool();
    }

    static Stream<ResumableClient> protocols() {
        return Stream.of(new TusResumable(edge));
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void leaveByteExactFilesOnceTheyWereResumed(ResumableClient protocol) throws Exception {
        inParallel(
                UPLOADS,
                seed -> {
                    Random random = new Random(seed);
                    byte[] bytes = bytes(seed, random);
                    String upload = protocol.create(bytes.length);
                    resumeUntilDone(protocol, upload, random, bytes);
                    expectExact(protocol.view(upload), bytes);
                });
    }

    private static byte[] bytes(int seed, Random random) {
        byte[] bytes = new byte[seed < SIZES.length ? SIZES[seed] : random.nextInt(USUAL_MOST)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void resumeUntilDone(
            ResumableClient protocol, String upload, Random random, byte... bytes)
            throws Exception {
        int cuts = 1 + random.nextInt(MOST_CUTS);
        for (int offset = (int) protocol.offset(upload);
                offset < bytes.length;
                offset = (int) protocol.offset(upload)) {
            int rest = bytes.length - offset;
            boolean isCut = cuts > 0;
            int end = offset + (isCut ? random.nextInt(rest + 1) : rest);
            try (RawClient raw = edge.connect()) {
                raw.send(protocol.appendHead(upload, offset, rest, true));
                raw.sendInPieces(Arrays.copyOfRange(bytes, offset, end), random);
                if (!isCut) {
                    // The request that was cut before may only be seen after the offset was asked.
                    assertThat(raw.readUntil("\r\n\r\n")).matches("(?s)HTTP/1\\.1 (2..|409) .*");
                } else if (random.nextBoolean()) {
                    raw.reset();
                }
            }
            cuts--;
        }
    }

    private static void expectExact(String view, byte... bytes) throws Exception {
        Client client = edge.client();
        assertThat(client.get(view, "Prefer", "wait=20").json().path("state").asString())
                .isEqualTo("ready");
        assertThat(client.get(view + "/content").body()).isEqualTo(bytes);
    }

    @Test
    void leaveNothingOfWhatCanNotBeResumed() throws Exception {
        inParallel(100, RandomCutsTest::cutForGood);
        edge.awaitEmptySpool();
        Footprint before = Footprint.of(edge);
        inParallel(CUT_FOR_GOOD, RandomCutsTest::cutForGood);
        edge.awaitEmptySpool();
        before.awaitAgain(edge);
    }

    /** A raw body or a form that breaks off before its end. */
    private static void cutForGood(int seed) throws Exception {
        Random random = new Random(seed);
        String content = "x".repeat(random.nextInt(100_000));
        boolean isForm = random.nextBoolean();
        String body =
                isForm
                        ? "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                                + content
                                + "\r\n--b--\r\n"
                        : content + "x";
        String head =
                "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n%s\r\n"
                        .formatted(
                                edge.adminKey(),
                                body.length(),
                                isForm ? "Content-Type: multipart/form-data; boundary=b\r\n" : "");
        byte[] request = (head + body).getBytes(StandardCharsets.ISO_8859_1);
        int cut = random.nextInt(request.length);
        try (RawClient raw = edge.connect()) {
            raw.sendInPieces(Arrays.copyOf(request, cut), random);
            if (random.nextBoolean()) {
                raw.reset();
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void of(int seed) throws Exception;
    }

    private static void inParallel(int count, Work work) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < count; i++) {
                int seed = i;
                all.add(
                        clients.submit(() -> {
                            work.of(seed);
                            return seed;
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}
