package io.sluice.edge.upload.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    private static Sha256 sha256(String text) throws Exception {
        return Sha256.of(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TransferRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private void expectStored(UploadId id, String text) throws Exception {
        Upload upload = edge.upload(id);
        assertThat(upload.state()).isEqualTo(UploadState.STORED);
        assertThat(upload.size()).isEqualTo(text.length());
        assertThat(upload.sha256()).isEqualTo(sha256(text));
        assertThat(edge.original(id)).hasContent(text);
        assertThat(edge.spooled(id)).doesNotExist();
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
            expectStored(id, "x".repeat(60));
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
