package io.sluice.edge.upload.transfer;

import static io.sluice.edge.upload.transfer.Receiving.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.spool.NoDiskRoom;
import io.sluice.edge.upload.TooBusy;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransfersTest {
    private static final Identity SOMEBODY = Receiving.SOMEBODY;
    private static final Identity STRANGER = new Identity("stranger", "you", Set.of(Scope.UPLOAD));
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
    class AnUploadInSeveralRequests {
        @Test
        void isStoredWithItsLastByte() throws Exception {
            UploadId id = edge.create(10L).id();
            assertThat(edge.append(id, 0, "hello").offset()).isEqualTo(5);
            assertThat(edge.upload(id).bytes()).isEqualTo(new Upload.Bytes(5, 10L, null));

            Transfer end = edge.append(id, 5, "world");

            assertThat(end.isFull()).isTrue();
            assertThat(end.state()).isEqualTo(UploadState.STORED);
            edge.expectStored(id, "helloworld");
        }

        @Test
        void mayTellItsLengthLater() throws Exception {
            UploadId id = edge.create(null).id();
            assertThat(edge.append(id, 0, "hello").length()).isNull();

            edge.append(id, new Chunk(5, 10L, 5, false, null, false), "world");

            edge.expectStored(id, "helloworld");
        }

        @Test
        void mayEndWithARequestThatSaysSo() throws Exception {
            UploadId id = edge.create(null).id();

            edge.append(id, new Chunk(0, null, -1, true, null, false), "hello");

            edge.expectStored(id, "hello");
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
            edge.expectStored(edge.create(0L).id(), "");
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
                    Reason.BEYOND_LENGTH,
                    () -> edge.append(id, new Chunk(0, null, 4, false, null, false), "1234"));

            Append append = edge.begin(edge.turn(id), Receiving.chunk(0));
            assertThat(append.limit()).isEqualTo(3);
            append.write(Receiving.bytes("12"));
            append.end(new Ending.Excess());

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
                    () -> edge.transfers().take(edge.turn(id), STRANGER, Protocol.TUS));
            refused(
                    Reason.UNKNOWN,
                    () -> edge.transfers().take(edge.turn(id), SOMEBODY, Protocol.IETF));

            assertThat(mine.isWanted()).isFalse();
            mine.release();
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
            edge.expectStored(id, "hello");
        }

        @Test
        void isNeverDroppedWhileItsLastBytesCome() throws Exception {
            try (var threads = Executors.newFixedThreadPool(4)) {
                for (int i = 0; i < 50; i++) {
                    UploadId id = edge.create(10L).id();
                    edge.append(id, 0, "hello");
                    Append last = edge.begin(id, 5, "world");
                    edge.pass(Duration.ofHours(2));
                    List<Future<Boolean>> sweeps = new ArrayList<>();
                    for (int sweep = 0; sweep < 3; sweep++) {
                        sweeps.add(threads.submit(() -> edge.transfers().expire(id)));
                    }
                    Future<Transfer> end = threads.submit(() -> last.end(new Ending.Whole(null)));

                    assertThat(end.get().state()).isEqualTo(UploadState.STORED);
                    for (Future<Boolean> sweep : sweeps) {
                        assertThat(sweep.get()).isFalse();
                    }
                    edge.expectStored(id, "helloworld");
                }
            }
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
}
