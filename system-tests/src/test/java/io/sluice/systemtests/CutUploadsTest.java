package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads that are cut at random bytes and go on, while the edge is killed again and again. */
@Timeout(300)
class CutUploadsTest {
    /** Of them every fourth is one of the draft's, 200 are tus's. */
    private static final int UPLOADS = 266;

    private static final int CLIENTS = 6;
    private static final int KILLS = 3;
    private static final int SMALLEST = 100;
    private static final int LARGEST = 300_000;
    private static final int MOST_CUTS = 4;

    /** By id; shared by the clients' threads. */
    private final Map<String, byte[]> whole = new ConcurrentHashMap<>();

    @Test
    void loseNoByteAndTakeNoneTwice() throws Exception {
        try (Sluice sluice = Launch.fresh("cuts").start();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                int seed = i;
                Resumable protocol = i % 4 == 3 ? Resumable.DRAFT : Resumable.TUS;
                all.add(clients.submit(() -> upload(sluice, protocol, seed)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int enough = UPLOADS * kill / (KILLS + 1);
                await().atMost(Sluice.PATIENCE).until(() -> whole.size() >= enough);
                sluice.awaitReady("edge", sluice.kill("edge"));
            }
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(whole).hasSize(UPLOADS);
            CrashTest.expectBytes(sluice, whole);
            // What was begun in a kill, so that nobody has learnt its URL, may still wait there.
            assertThat(Trees.names(sluice.data().resolve("spool")))
                    .noneMatch(name -> whole.containsKey(name.toString()));
        }
    }

    private void upload(Sluice sluice, Resumable protocol, int seed) {
        Random random = new Random(seed);
        byte[] bytes = TestFile.text(SMALLEST + random.nextInt(LARGEST), seed);
        String[] upload = new String[1];
        untilDone(() -> {
            Answer created = protocol.create(sluice.api(), bytes.length);
            if (created.status() == 201) {
                upload[0] = created.header("location");
            }
            return upload[0] != null;
        });
        int cuts = random.nextInt(MOST_CUTS + 1);
        int[] tries = new int[1];
        untilDone(() -> goesOn(sluice, protocol, upload[0], tries[0]++ < cuts, random, bytes));
        whole.put(upload[0].substring(upload[0].lastIndexOf('/') + 1), bytes);
    }

    /** A connection that breaks is what this is about: the client just asks again. */
    private static void untilDone(Callable<Boolean> step) {
        await().atMost(Sluice.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(step);
    }

    /** Sends one request with all that is missing, or its beginning; true if nothing was. */
    private static boolean goesOn(
            Sluice sluice,
            Resumable protocol,
            String upload,
            boolean isCut,
            Random random,
            byte... bytes)
            throws IOException, InterruptedException {
        Answer head = protocol.head(sluice.api(), upload);
        if (head.status() == 503) {
            return false;
        }
        assertThat(head.status()).as(head.toString()).isIn(200, 204);
        if (protocol.isWhole(head, bytes.length)) {
            return true;
        }
        int offset = Resumable.offset(head);
        int rest = bytes.length - offset;
        int sent = isCut && rest > 0 ? random.nextInt(rest) : rest;
        try (Wire wire = new Wire(sluice.base())) {
            wire.head(protocol.lastHead(sluice.api(), upload, offset, rest))
                    .bytes(Arrays.copyOfRange(bytes, offset, offset + sent));
            if (sent == rest) {
                expectTaken(wire);
            }
        }
        return false;
    }

    private static void expectTaken(Wire wire) throws IOException {
        Answer answer = wire.answer();
        while (answer.status() == 104) {
            answer = wire.answer();
        }
        assertThat(answer.status()).as(answer.toString()).isIn(202, 204, 409, 503);
    }
}
