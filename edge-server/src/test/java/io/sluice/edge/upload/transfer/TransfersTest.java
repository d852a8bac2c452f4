package io.sluice.edge.upload.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.spool.NoDiskRoom;
import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransfersTest {
    private static final Identity SOMEBODY = new Identity("default", "me", Set.of(Scope.UPLOAD));
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

    /** The process ends as by a kill: what was not written down is gone. */
    private void restart(String boot) throws Exception {
        edge.close();
        edge = new Receiving(directory, START, boot);
        edge.recover();
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
    class AnUploadInSeveralRequests {
        @Test
        void isStoredWithItsLastByte() throws Exception {
            UploadId id = edge.create(10L).id();
            assertThat(edge.append(id, 0, "hello").offset()).isEqualTo(5);
            assertThat(edge.upload(id).bytes()).isEqualTo(new Upload.Bytes(5, 10L, null));

            Transfer end = edge.append(id, 5, "world");

            assertThat(end.isFull()).isTrue();
            assertThat(end.state()).isEqualTo(UploadState.STORED);
            expectStored(id, "helloworld");
        }

        @Test
        void mayTellItsLengthLater() throws Exception {
            UploadId id = edge.create(null).id();
            assertThat(edge.append(id, 0, "hello").length()).isNull();

            edge.append(id, new Chunk(5, 10L, 5, false, null, false), "world");

            expectStored(id, "helloworld");
        }

        @Test
        void mayEndWithARequestThatSaysSo() throws Exception {
            UploadId id = edge.create(null).id();

            edge.append(id, new Chunk(0, null, -1, true, null, false), "hello");

            expectStored(id, "hello");
        }

        @Test
        void doesNotEndWithALastRequestThatWasCut() throws Exception {
            UploadId id = edge.create(null).id();
            Append last = edge.begin(edge.turn(id), new Chunk(0, null, -1, true, null, false));
            last.write(Receiving.bytes("hel"));

            Transfer cut = last.end(new Ending.Cut());

            assertThat(cut.offset()).isEqualTo(3);
            assertThat(cut.isFull()).isFalse();
        }

        @Test
        void isWholeAtOnceWithoutBytes() throws Exception {
            expectStored(edge.create(0L).id(), "");
        }

        @Test
        void takesBytesAtItsOffsetOnly() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "hello");

            refused(Reason.WRONG_OFFSET, () -> edge.append(id, 0, "hello"));
            refused(Reason.WRONG_OFFSET, () -> edge.append(id, 6, "hello"));
            assertThat(edge.look(id).offset()).isEqualTo(5);
        }

        @Test
        void takesNoMoreBytesThanItsLength() throws Exception {
            UploadId id = edge.create(3L).id();
            refused(
                    Reason.TOO_LONG,
                    () -> edge.append(id, new Chunk(0, null, 4, false, null, false), "1234"));

            Append append = edge.begin(edge.turn(id), Receiving.chunk(0));
            assertThat(append.limit()).isEqualTo(3);
            append.write(Receiving.bytes("12"));
            append.end(new Ending.Refused());

            assertThat(edge.look(id).offset()).isZero();
            assertThat(edge.spooled(id)).isEmptyFile();
        }

        @Test
        void keepsTheLengthThatWasTold() throws Exception {
            UploadId id = edge.create(10L).id();

            refused(
                    Reason.WRONG_LENGTH,
                    () -> edge.append(id, new Chunk(0, 11L, 1, false, null, false), "1"));
        }

        @Test
        void hasAtMostTheLargestSize() {
            refused(Reason.TOO_LONG, () -> edge.create(Receiving.MAX_SIZE + 1));
            UploadId id = edge.create(null).id();
            refused(
                    Reason.TOO_LONG,
                    () ->
                            edge.append(
                                    id,
                                    new Chunk(0, Receiving.MAX_SIZE + 1, 1, false, null, false),
                                    "1"));
        }

        @Test
        void isUnknownToStrangersWhoDisturbNobody() throws Exception {
            UploadId id = edge.create(10L).id();
            Turn mine = edge.turn(id);
            edge.take(mine);

            refused(
                    Reason.UNKNOWN,
                    () -> edge.transfers().take(edge.turn(id), "stranger", Protocol.TUS));
            refused(
                    Reason.UNKNOWN,
                    () -> edge.transfers().take(edge.turn(id), "default", Protocol.IETF));

            assertThat(mine.isWanted()).isFalse();
            mine.release();
        }
    }

    @Nested
    class AChecksum {
        private static final String SHA1_OF_HELLO = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

        private static Chunk with(String hex) {
            return new Chunk(3, null, 5, false, new Checksum(ChecksumAlgorithm.SHA1, hex), false);
        }

        @Test
        void thatIsRightKeepsTheBytes() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");

            edge.append(id, with(SHA1_OF_HELLO), "hello");

            expectStored(id, "abchello");
            assertThat(edge.unproven(id)).doesNotExist();
        }

        @Test
        void thatIsWrongTakesTheBytesBackAndLeavesTheDigestRight() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");

            refused(Reason.WRONG_CHECKSUM, () -> edge.append(id, with(SHA1_OF_HELLO), "jello"));

            assertThat(edge.look(id).offset()).isEqualTo(3);
            assertThat(edge.spooled(id)).hasContent("abc");
            edge.append(id, 3, "world");
            expectStored(id, "abcworld");
        }

        @Test
        void behindTheBytesIsComparedToo() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");
            Chunk chunk = new Chunk(3, null, -1, false, null, true);
            Append wrong = edge.begin(edge.turn(id), chunk);
            wrong.write(Receiving.bytes("jello"));
            Checksum behind = new Checksum(ChecksumAlgorithm.SHA1, SHA1_OF_HELLO);
            refused(Reason.WRONG_CHECKSUM, () -> wrong.end(new Ending.Whole(behind)));

            Append right = edge.begin(edge.turn(id), chunk);
            right.write(Receiving.bytes("hello"));
            right.end(new Ending.Whole(behind));

            expectStored(id, "abchello");
        }

        @Test
        void ofACutRequestCannotBeComparedSoItsBytesGo() throws Exception {
            UploadId id = edge.create(8L).id();
            edge.append(id, 0, "abc");
            Append cut = edge.begin(edge.turn(id), with(SHA1_OF_HELLO));
            cut.write(Receiving.bytes("he"));

            assertThat(cut.end(new Ending.Cut()).offset()).isEqualTo(3);
        }
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

    @Nested
    class AfterARestart {
        @Test
        void allBytesCountThatWereWritten() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "he");
            edge.begin(id, 2, "llo");

            restart("first boot");

            assertThat(edge.look(id).offset()).isEqualTo(5);
            edge.append(id, 5, "world");
            expectStored(id, "helloworld");
        }

        @Test
        void ofTheMachineOnlyThoseCountThatWereCommitted() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "he");
            edge.begin(id, 2, "llo");

            restart("second boot");

            assertThat(edge.look(id).offset()).isEqualTo(2);
            edge.append(id, 2, "lloworld");
            expectStored(id, "helloworld");
        }

        @Test
        void bytesThatHadNotProvenThemselvesDoNotCount() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "he");
            Append unproven = edge.begin(edge.turn(id), new Chunk(2, null, 8, false, null, true));
            unproven.write(Receiving.bytes("jello"));

            restart("first boot");

            assertThat(edge.look(id).offset()).isEqualTo(2);
            assertThat(edge.unproven(id)).doesNotExist();
        }

        @Test
        void anUploadIsCompletedThatWasWholeAlready() throws Exception {
            UploadId id = edge.create(5L).id();
            edge.begin(id, 0, "hello");

            restart("first boot");

            expectStored(id, "hello");
        }

        @Test
        void anUploadIsCompletedThatWasInTheStoreButNotCommitted() throws Exception {
            UploadId id = edge.create(5L).id();
            edge.begin(id, 0, "hello");
            Files.createDirectories(edge.original(id).getParent());
            Files.move(edge.spooled(id), edge.original(id));

            restart("second boot");

            expectStored(id, "hello");
        }

        @Test
        void theSweepKeepsWhatCanBeResumed() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "hello");
            Path other = Files.createFile(edge.spooled(UploadId.next(() -> START)));

            assertThat(edge.disk().sweep(id::equals)).isEqualTo(1);

            assertThat(edge.spooled(id)).exists();
            assertThat(other).doesNotExist();
        }
    }

    @Nested
    class AnUnfinishedUpload {
        @Test
        void isDroppedWhenNothingCameForTooLong() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.pass(Duration.ofMinutes(50));
            edge.append(id, 0, "hello");
            edge.pass(Duration.ofMinutes(50));
            assertThat(edge.transfers().expire(id)).isFalse();
            edge.pass(Duration.ofMinutes(10));

            assertThat(edge.transfers().expire(id)).isTrue();

            refused(Reason.EXPIRED, () -> edge.look(id));
            assertThat(edge.spooled(id)).doesNotExist();
            assertThat(edge.upload(id).state()).isEqualTo(UploadState.DELETED);
        }

        @Test
        void isTooOldAlsoBeforeItIsSwept() {
            UploadId id = edge.create(10L).id();
            edge.pass(Duration.ofHours(1));

            refused(Reason.EXPIRED, () -> edge.look(id));
        }

        @Test
        void isGoneOnceItIsTerminated() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "hello");

            assertThat(edge.transfers().terminate(SOMEBODY, id)).isTrue();
            assertThat(edge.transfers().terminate(SOMEBODY, id)).isFalse();

            refused(Reason.UNKNOWN, () -> edge.look(id));
            assertThat(edge.spooled(id)).doesNotExist();
        }

        @Test
        void thatWasFinishedDoesNotExpire() throws Exception {
            UploadId id = edge.create(5L).id();
            edge.append(id, 0, "hello");
            edge.pass(Duration.ofDays(1));

            assertThat(edge.transfers().expire(id)).isFalse();
            expectStored(id, "hello");
        }

        @Test
        void hasItsRoomOnTheDiskPromised() throws Exception {
            long room = edge.disk().room();
            UploadId id = edge.create(900L).id();
            assertThat(edge.disk().room()).isEqualTo(room - 900);

            edge.transfers().terminate(SOMEBODY, id);
            edge.disk().lookAtDisk();

            assertThatThrownBy(() -> edge.disk().reserve(Long.MAX_VALUE / 2))
                    .isInstanceOf(NoDiskRoom.class);
        }

        @Test
        void isOneOfABoundedNumber() {
            for (int i = 0; i < 50; i++) {
                edge.create(1L);
            }
            assertThatThrownBy(() -> edge.create(1L)).isInstanceOf(TooBusy.class);
        }
    }

    @Nested
    class AFinalUpload {
        private UploadId part(String text) throws Exception {
            UploadId id = edge.create(Role.PART, (long) text.length(), List.of()).id();
            edge.append(id, 0, text);
            return id;
        }

        @Test
        void isMadeOfItsPartsWhichStay() throws Exception {
            UploadId hello = part("hello");
            UploadId world = part("world");

            Transfer made = edge.create(Role.FINAL, null, List.of(hello, world, hello));

            assertThat(made.length()).isEqualTo(15);
            expectStored(made.id(), "helloworldhello");
            assertThat(edge.look(hello).isReceiving()).isTrue();
            assertThat(edge.spooled(hello)).hasContent("hello");
        }

        @Test
        void isMadeOnceItsPartsAreThere() throws Exception {
            UploadId hello = part("hello");
            UploadId later = edge.create(Role.PART, null, List.of()).id();
            Transfer waiting = edge.create(Role.FINAL, null, List.of(hello, later));
            assertThat(waiting.isReceiving()).isTrue();
            assertThat(waiting.length()).isNull();

            edge.append(later, new Chunk(0, 5L, 5, false, null, false), "world");

            org.awaitility.Awaitility.await()
                    .until(() -> edge.upload(waiting.id()).state() == UploadState.STORED);
            expectStored(waiting.id(), "helloworld");
        }

        @Test
        void takesNoBytes() throws Exception {
            UploadId made = edge.create(Role.FINAL, null, List.of(part("hello"))).id();

            refused(Reason.IS_FINAL, () -> edge.append(made, 5, "x"));
        }

        @Test
        void isMadeOfPartialUploadsOnly() throws Exception {
            UploadId whole = edge.create(5L).id();

            refused(Reason.NO_PART, () -> edge.create(Role.FINAL, null, List.of(whole)));
        }

        @Test
        void isAsLargeAsAnyUploadAtMost() throws Exception {
            UploadId part = part("x".repeat(600));

            refused(Reason.TOO_LONG, () -> edge.create(Role.FINAL, null, List.of(part, part)));
        }

        @Test
        void isMadeAfterARestart() throws Exception {
            UploadId later = edge.create(Role.PART, 5L, List.of()).id();
            UploadId made = edge.create(Role.FINAL, null, List.of(later)).id();
            edge.begin(later, 0, "hello");

            restart("first boot");

            expectStored(made, "hello");
        }
    }
}
