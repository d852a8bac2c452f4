package io.sluice.edge.upload.transfer;

import static io.sluice.edge.upload.transfer.Receiving.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that end when their client says so, and no earlier. */
class LastWordTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;
    private Receiving edge;

    @BeforeEach
    void open() throws Exception {
        start();
    }

    private void start() throws Exception {
        edge = new Receiving(directory, START, "boot");
        edge.speak(Protocol.IETF);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
    }

    private static Chunk last(long offset) {
        return new Chunk(offset, null, -1, true, null, false);
    }

    private static Checksum checksum(String text) throws Exception {
        return new Checksum(ChecksumAlgorithm.SHA256, Receiving.sha256(text).hex());
    }

    @Nested
    class AnUploadWithAllItsBytes {
        @Test
        void waitsForTheWord() throws Exception {
            UploadId id = edge.create(5L).id();

            Transfer full = edge.append(id, 0, "hello");

            assertThat(full.isReceiving()).isTrue();
            assertThat(full.isFull()).isFalse();
            assertThat(edge.look(id).offset()).isEqualTo(5);
            edge.append(id, last(5), "");
            edge.expectStored(id, "hello");
        }

        @Test
        void isNotCompletedByARestart() throws Exception {
            UploadId id = edge.create(5L).id();
            edge.append(id, 0, "hello");
            edge.close();
            start();

            edge.recover();

            assertThat(edge.look(id).isReceiving()).isTrue();
            edge.append(id, last(5), "");
            edge.expectStored(id, "hello");
        }

        @Test
        void isNotCompletedByALastRequestThatWasCut() throws Exception {
            UploadId id = edge.create(5L).id();
            Append cut = edge.begin(edge.turn(id), last(0));
            cut.write(Receiving.bytes("hello"));

            assertThat(cut.end(new Ending.Cut()).isReceiving()).isTrue();

            assertThat(edge.look(id).offset()).isEqualTo(5);
        }

        @Test
        void mayBeEmpty() throws Exception {
            UploadId id = edge.create(0L).id();
            assertThat(edge.look(id).isReceiving()).isTrue();
            edge.append(id, last(0), "");
            edge.expectStored(id, "");
        }
    }

    @Nested
    class ALastRequest {
        @Test
        void thatBringsTooLittleIsRefusedButWhatItBroughtStays() throws Exception {
            UploadId id = edge.create(10L).id();

            refused(Reason.WRONG_LENGTH, () -> edge.append(id, last(0), "hello"));

            assertThat(edge.look(id).offset()).isEqualTo(5);
        }

        @Test
        void thatBringsMoreThanTheLengthMakesTheUploadInvalid() throws Exception {
            UploadId id = edge.create(3L).id();
            Append excess = edge.begin(edge.turn(id), last(0));
            excess.write(Receiving.bytes("he"));

            assertThat(excess.excess().reason()).isEqualTo(Reason.BEYOND_LENGTH);
            excess.end(new Ending.Excess());

            refused(Reason.UNKNOWN, () -> edge.look(id));
            assertThat(edge.spooled(id)).doesNotExist();
            assertThat(edge.upload(id).state()).isEqualTo(UploadState.DELETED);
        }

        @Test
        void provesTheWhole() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "hello");
            edge.append(id, last(5).proving(List.of(checksum("helloworld"))), "world");
            edge.expectStored(id, "helloworld");
        }

        @Test
        void ofBytesThatAreNotThoseThatWereToldEndsTheUpload() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "jello");

            refused(
                    Reason.WRONG_WHOLE,
                    () ->
                            edge.append(
                                    id, last(5).proving(List.of(checksum("helloworld"))), "world"));

            refused(Reason.UNKNOWN, () -> edge.look(id));
            assertThat(edge.original(id)).doesNotExist();
        }
    }

    @Nested
    class BytesWithAChecksum {
        private Append begin(UploadId id) throws Exception {
            return edge.begin(
                    edge.turn(id), new Chunk(0, null, 5, false, checksum("hello"), false));
        }

        @Test
        void areForgottenWhenTheyAreWrong() throws Exception {
            UploadId id = edge.create(10L).id();
            Append wrong = begin(id);
            wrong.write(Receiving.bytes("jello"));

            refused(Reason.WRONG_CHECKSUM, () -> wrong.end(new Ending.Whole(null)));

            assertThat(edge.look(id).offset()).isZero();
        }

        @Test
        void areKeptWhenTheRequestWasCut() throws Exception {
            UploadId id = edge.create(10L).id();
            Append cut = begin(id);
            cut.write(Receiving.bytes("he"));

            cut.end(new Ending.Cut());

            assertThat(edge.look(id).offset()).isEqualTo(2);
            assertThat(edge.unproven(id)).doesNotExist();
        }
    }

    @Nested
    class WhatHasComeSoFar {
        @Test
        void isToldOnceItSurvivesAPowerCut() throws Exception {
            UploadId id = edge.create(10L).id();
            List<Long> told = new ArrayList<>();
            Append append = edge.begin(edge.turn(id), Receiving.chunk(0));
            append.onNoted(told::add);
            append.write(Receiving.bytes("hello"));
            append.wantNote();
            append.write(Receiving.bytes(""));
            append.end(new Ending.Cut());
            edge.close();

            edge = new Receiving(directory, START, "second boot");
            edge.speak(Protocol.IETF);
            edge.recover();

            assertThat(told).containsExactly(5L);
            assertThat(edge.look(id).offset()).isEqualTo(5);
        }

        @Test
        void thatIsLostMakesTheUploadInvalid() throws Exception {
            UploadId id = edge.create(10L).id();
            edge.append(id, 0, "hello");
            Files.write(edge.spooled(id), new byte[3]);
            edge.close();
            start();

            edge.recover();

            refused(Reason.UNKNOWN, () -> edge.look(id));
        }
    }
}
