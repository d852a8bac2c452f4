package io.sluice.edge.upload.transfer;

import static io.sluice.edge.upload.transfer.Receiving.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeoverTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;
    private Receiving edge;

    @BeforeEach
    void open() throws Exception {
        edge = new Receiving(directory, START, "first boot");
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
    }

    @Nested
    class ANewerRequest {
        @Test
        void endsTheOlderOneAndSeesWhatItLeft() throws Exception {
            UploadId id = edge.create(10L).id();
            Turn older = edge.turn(id);
            Append hanging = edge.begin(older, Receiving.chunk(0));
            hanging.write(Receiving.bytes("hel"));
            older.onGiveWay(() -> Thread.startVirtualThread(() -> hanging.end(new Ending.Cut())));

            assertThat(edge.look(id).offset()).isEqualTo(3);
        }

        @Test
        void endsAnOlderOneThatHasNotBegun() throws Exception {
            UploadId id = edge.create(10L).id();
            Turn older = edge.turn(id);
            Transfer known = edge.take(older);
            CompletableFuture<Transfer> newer =
                    CompletableFuture.supplyAsync(() -> edge.look(id), Thread::startVirtualThread);
            CompletableFuture<Boolean> wanted = new CompletableFuture<>();
            older.onGiveWay(() -> wanted.complete(true));
            wanted.join();

            refused(
                    Reason.TAKEN_OVER,
                    () -> edge.transfers().append(older, known, Receiving.chunk(0)));
            older.release();

            assertThat(newer.join().offset()).isZero();
        }

        @Test
        void isOneOfManyAndNoByteIsLostOrTakenTwice() throws Exception {
            UploadId id = edge.create(60L).id();
            AtomicInteger refused = new AtomicInteger();
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 40; i++) {
                    writers.add(CompletableFuture.runAsync(() -> write(id, refused), threads));
                }
                writers.forEach(CompletableFuture::join);
            }
            while (edge.look(id).offset() < 60) {
                edge.append(id, edge.look(id).offset(), "x");
            }
            edge.expectStored(id, "x".repeat(60));
        }

        private void write(UploadId id, AtomicInteger refused) {
            Turn turn = edge.turn(id);
            try {
                Append append = edge.begin(turn, Receiving.chunk(edge.look(id).offset()));
                if (append.limit() > 0) {
                    append.write(Receiving.bytes("x"));
                }
                append.end(turn.isWanted() ? new Ending.Cut() : new Ending.Whole(null));
            } catch (TransferRefused | TooBusy e) {
                refused.incrementAndGet();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                turn.release();
            }
        }
    }
}
